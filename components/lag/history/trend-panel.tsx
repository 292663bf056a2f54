"use client";

import { useMemo, useState } from "react";
import { TrendChart } from "#components/charts/trend-chart.tsx";
import { Button } from "#components/ui/button.tsx";
import { useClock } from "#components/ui/clock.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Trend } from "#lib/api/overview.ts";
import type { Status } from "#lib/api/status.ts";
import { formatDuration, plural } from "#lib/client/format/format.ts";
import { describeMoment } from "#lib/client/format/moment.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { countTicks, formatTick } from "#lib/client/history/value-axis.ts";
import { leftOutWords } from "./left-out-words.ts";
import { TrendTable } from "./trend-table.tsx";

const height = 180;
const minuteMs = 60_000;
/** Possible lengths of the axis; the shortest that holds everything watched is used. */
const spans = [
  { ms: 5 * minuteMs, tickMs: minuteMs, name: "last 5 minutes" },
  { ms: 15 * minuteMs, tickMs: 5 * minuteMs, name: "last 15 minutes" },
  { ms: 60 * minuteMs, tickMs: 15 * minuteMs, name: "last hour" },
] as const;

export function TrendPanel({ trend, status }: { trend: Trend; status: Status }) {
  const [asTable, setAsTable] = useState(false);
  const now = useClock();
  const times = useTimes();
  const rows = useMemo(
    () => trend.points.map(({ at, lag }) => ({ at: Date.parse(at), value: lag })),
    [trend],
  );
  const known = rows.filter((row) => row.value !== null);
  const to = rows.at(-1)?.at ?? now();
  const first = (known[0] ?? rows[0])?.at ?? to;
  const span = spans.find(({ ms }) => to - first <= ms) ?? spans[2];
  const from = to - span.ms;
  const short = known.length > 0 && span !== spans[2];
  const watched = short ? ` · watched for ${formatDuration((to - first) / 1000)} so far` : "";
  const lastSum = trend.points.findLast(({ lag }) => lag !== null);
  const leftOut = leftOutWords(lastSum?.partitionsBounded);
  return (
    <Panel
      title="Lag"
      note={`${leftOut === null ? "" : `${leftOut} · `}${span.name}${watched} · times in ${times.zone}`}
      side={
        known.length === 0 ? null : (
          <Button aria-pressed={asTable} onClick={() => setAsTable((before) => !before)}>
            {asTable ? "As a chart" : "As a table"}
          </Button>
        )
      }
    >
      {known.length === 0 ? (
        <p
          className="flex items-center justify-center px-4 text-center text-faint"
          style={{ height: height + 16 }}
        >
          {rows.length === 0
            ? "No data yet: the line starts with the next refresh."
            : `The lag was unknown in the ${span.name}. Upper bounds are not drawn.`}
        </p>
      ) : asTable ? (
        <TrendTable rows={rows} height={height + 16} />
      ) : (
        <div className="py-2">
          <TrendChart
            label={`Lag, ${span.name}`}
            rows={rows}
            from={from}
            tickMs={span.tickMs}
            to={to}
            color={`var(--${status === "ok" || status === "unknown" ? "accent" : status})`}
            height={height}
            formatValue={(value) => plural(value, "event")}
            ticksFor={countTicks}
            formatTick={formatTick}
            formatTime={times.tick}
            describeMoment={(at) => describeMoment(new Date(at).toISOString())}
          />
        </div>
      )}
    </Panel>
  );
}
