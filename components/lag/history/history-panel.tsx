"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useClock } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { CsvButton } from "#components/ui/table/table-tools.tsx";
import { Waiting } from "#components/ui/waiting.tsx";
import { exportRows } from "#lib/client/format/csv.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { linesToAsk, readLines } from "#lib/client/history/history-lines.ts";
import type { ResetMark } from "#lib/client/history/reset-marks.ts";
import type { RangeState } from "#lib/client/history/use-time-range.ts";
import { unwatchedUntil } from "#lib/client/history/watched.ts";
import { historyQuery } from "#lib/client/http/hub-queries.ts";
import type { OwnerChange } from "#lib/client/owners/owner-words.ts";
import { useColors } from "#lib/client/owners/use-colors.ts";
import { lineParsers } from "#lib/client/url/page-state.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { HistoryCharts } from "./history-charts.tsx";
import { historyRows, isKnown } from "./history-rows.ts";
import { HistorySummary } from "./history-summary.tsx";
import { HistoryTable, historyColumns } from "./history-table.tsx";
import { LinePicker } from "./line-picker.tsx";

interface Props {
  address: GroupAddress;
  partitionIds: readonly string[];
  changes: readonly OwnerChange[] | null;
  resets: readonly ResetMark[] | null;
  rangeState: RangeState;
  rangePicker: ReactNode;
  watchedHint: (watchedSince: string | null) => ReactNode;
}

const bodyHeight = 620;
const none: readonly string[] = [];

export function HistoryPanel(props: Props) {
  const { address, partitionIds, changes, resets, rangeState, rangePicker, watchedHint } = props;
  const [{ partitions: text }, setUrl] = useQueryState(lineParsers);
  const [asTable, setAsTable] = useState(false);
  const now = useClock();
  const times = useTimes();
  const { range, chooseMoments } = rangeState;
  const choice = useMemo(() => readLines(text, partitionIds), [text, partitionIds]);
  const { data, error, isPlaceholderData, refetch } = useQuery(
    historyQuery(address, linesToAsk(choice, partitionIds), { range, now }),
  );
  const [from, to] = [Date.parse(data?.from ?? ""), Date.parse(data?.to ?? "")];
  const within = useMemo(() => (resets ?? []).filter(({ at }) => at >= from && at <= to), [resets, from, to]);
  const rows = useMemo(() => {
    const wanted = new Set(choice.ids);
    const shown = (changes ?? []).filter((c) => wanted.size === 0 || wanted.has(c.partitionId));
    return data === undefined ? [] : historyRows(data, shown, within, now());
  }, [data, changes, choice, within, now]);
  const lineIds = useMemo(() => data?.partitions.map((line) => line.partitionId) ?? none, [data]);
  const colors = useColors(lineIds);
  const lines = useMemo(
    () => lineIds.map((partitionId) => ({ partitionId, color: colors.get(partitionId) ?? 1 })),
    [lineIds, colors],
  );
  const known = rows.some(isKnown);
  const asked = data?.partitionsAsked ?? 0;
  const linesNote =
    lines.length < asked
      ? `${lines.length} of ${formatCount(asked)} partitions, by their highest lag in the range`
      : null;
  const fileName = `${address.hub}-${address.group}${text === null ? "" : `-${text.slice(0, 40)}`}-lag.csv`;
  return (
    <Panel
      title="Lag over time"
      note={data === undefined ? null : <HistorySummary rows={rows} data={data} range={range} />}
      side={
        <>
          <Button aria-pressed={asTable} onClick={() => setAsTable((before) => !before)}>
            {asTable ? "As charts" : "As a table"}
          </Button>
          <CsvButton
            of="lag over time"
            rows={rows.length}
            onClick={() => exportRows(fileName, historyColumns(rows, lineIds, times), rows)}
          />
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-2.5">
        {rangePicker}
        <LinePicker {...{ partitionIds, choice }} onChange={(next) => setUrl({ partitions: next })} />
        {choice.problems.length === 0 ? null : (
          <p role="status" className="w-full text-note text-warn">
            {choice.problems.join(" ")}
          </p>
        )}
      </div>
      {data?.error == null ? null : (
        <p role="status" className="border-line border-b px-4 py-2 text-warn">
          <Icon name="triangle-alert" className="mr-1.5 inline size-3.5" />
          The stored history can't be read now. You see only what is in memory. {data.error.message}
        </p>
      )}
      {data === undefined ? null : watchedHint(data.watchedSince)}
      <div aria-busy={isPlaceholderData} className={isPlaceholderData ? "opacity-60" : ""}>
        {data === undefined ? (
          <Waiting
            label="The history is loading"
            title="The history can't be shown"
            error={error}
            onRetry={() => void refetch()}
            height={bodyHeight}
          />
        ) : !known ? (
          <Message
            kind="noMatch"
            icon={<Icon name="chart-line" className="size-6" />}
            title="No data for this range"
          >
            The dashboard did not watch this group then, or its lag was unknown.
          </Message>
        ) : asTable ? (
          <HistoryTable rows={rows} lines={lineIds} />
        ) : (
          <HistoryCharts
            rows={rows}
            from={from}
            to={to}
            unwatchedUntil={unwatchedUntil(data.watchedSince, { from, to }, data.stepSeconds)}
            partitionId={choice.ids.length === 1 ? (choice.ids[0] ?? null) : null}
            lines={lines}
            linesNote={linesNote}
            resets={within}
            onZoom={(start, end) => chooseMoments(start, end)}
          />
        )}
      </div>
      {error !== null && data !== undefined ? (
        <p role="status" className="border-line border-t px-4 py-2 text-note text-warn">
          These figures can’t be refreshed: {error.message}
        </p>
      ) : null}
      {known && (changes === null || resets === null) ? (
        <p className="border-line border-t px-4 py-2 text-faint text-note">
          {changes === null ? "Owner changes" : "Resets"} could not be read, so the charts mark none.
        </p>
      ) : null}
    </Panel>
  );
}
