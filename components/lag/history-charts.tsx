"use client";

import dynamic from "next/dynamic";
import { useId, useMemo } from "react";
import type { TimeSeries } from "#components/charts/time-rows.ts";
import { formatCompact, formatRate, plural, unknownMark } from "#lib/client/format.ts";
import { describeMoment } from "#lib/client/moment.ts";
import { localMoment, tickText, timeTicks } from "#lib/client/time-axis.ts";
import { chartRows, type HistoryRow } from "./history-rows.ts";

const heights = { lag: 220, rates: 170 };
const mostTicks = 8;

// The chart's library is heavier than all the rest of this page: it comes by itself.
const TimeChart = dynamic(() => import("#components/charts/time-chart.tsx").then((m) => m.TimeChart), {
  ssr: false,
  loading: () => <div role="status" aria-label="The chart is loading" className="skeleton mx-4 h-40" />,
});

const lagSeries: TimeSeries[] = [
  { name: "Lag", color: "var(--accent)" },
  { name: "Highest in the step", color: "var(--owner-6)", thin: true },
];
const rateSeries: TimeSeries[] = [
  { name: "In", color: "var(--owner-5)" },
  { name: "Out", color: "var(--owner-7)" },
];
const lagValues = (row: HistoryRow) => [row.lag, row.lagMax];
const rateValues = (row: HistoryRow) => [row.eventsIn, row.eventsOut];

const rateTick = (value: number) => (value < 10 ? String(Math.round(value * 10) / 10) : formatCompact(value));
const describe = (at: number) => describeMoment(new Date(at).toISOString());

/** The lag above, what comes in and is read below, on one axis of time with one crosshair. */
export function HistoryCharts(props: {
  rows: readonly HistoryRow[];
  from: number;
  to: number;
  onZoom: (from: number, to: number) => void;
}) {
  const { rows, from, to, onZoom } = props;
  const syncId = useId();
  const lag = useMemo(() => chartRows(rows, lagValues, true), [rows]);
  const rates = useMemo(() => chartRows(rows, rateValues, false), [rows]);
  const shared = {
    from,
    to,
    ticks: timeTicks(from, to, mostTicks),
    syncId,
    formatTime: tickText,
    onZoom,
  };
  const marked = rows.some((row) => row.changes.length > 0);
  return (
    <div className="py-2">
      <Caption title="Events behind" series={lagSeries} note={marked ? "▲ owners changed" : null} />
      <figure
        role="img"
        aria-label={`Events behind over time. ${lagWords(rows)}`}
        style={{ height: heights.lag }}
      >
        <TimeChart
          {...shared}
          rows={lag}
          series={lagSeries}
          height={heights.lag}
          withTimes={false}
          describeMoment={describe}
          formatValue={(value) => plural(value, "event")}
          formatTick={formatCompact}
        />
      </figure>
      <Caption title="Events per second" series={rateSeries} note="drag over a chart to zoom in" />
      <figure
        role="img"
        aria-label={`Events per second over time, in and out. ${rateWords(rows)}`}
        style={{ height: heights.rates }}
      >
        <TimeChart
          {...shared}
          rows={rates}
          series={rateSeries}
          height={heights.rates}
          withTimes
          describeMoment={localMoment}
          formatValue={formatRate}
          formatTick={rateTick}
        />
      </figure>
    </div>
  );
}

function lagWords(rows: readonly HistoryRow[]): string {
  const known = rows.flatMap(({ lag }) => lag ?? []);
  const highest = rows.reduce<number | null>(
    (most, { lagMax }) => (lagMax === null ? most : Math.max(most ?? 0, lagMax)),
    null,
  );
  const last = known.at(-1);
  return last === undefined || highest === null
    ? "Not known in this range."
    : `At last ${plural(last, "event")}, at most ${plural(highest, "event")}.`;
}

function rateWords(rows: readonly HistoryRow[]): string {
  const last = rows.findLast(({ eventsIn, eventsOut }) => eventsIn !== null || eventsOut !== null);
  const text = (rate: number | null) => (rate === null ? unknownMark : formatRate(rate));
  return last === undefined
    ? "Not known in this range."
    : `At last ${text(last.eventsIn)} in, ${text(last.eventsOut)} out.`;
}

function Caption(props: { title: string; series: readonly TimeSeries[]; note: string | null }) {
  const { title, series, note } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 pt-1.5 text-note text-muted">
      <h3 className="font-medium text-ink">{title}</h3>
      {series.map(({ name, color }) => (
        <span key={name} className="flex items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-3 rounded" style={{ background: color }} />
          {name}
        </span>
      ))}
      {note === null ? null : <span className="ml-auto text-faint max-sm:hidden">{note}</span>}
    </div>
  );
}
