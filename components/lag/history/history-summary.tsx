import type { History } from "#lib/api/history.ts";
import { formatDuration, plural } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { rangeName, type TimeRange } from "#lib/client/history/time-range.ts";
import { countGaps, type HistoryRow } from "./history-rows.ts";

export function HistorySummary(props: { rows: readonly HistoryRow[]; data: History; range: TimeRange }) {
  const { rows, data, range } = props;
  const times = useTimes();
  const gaps = countGaps(rows);
  return (
    <span className="figures">
      {rangeName(range, times)} · a point each {formatDuration(data.stepSeconds)}
      {gaps === 0 ? "" : ` · ${plural(gaps, "gap")}`}
    </span>
  );
}
