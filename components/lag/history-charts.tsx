"use client";

import dynamic from "next/dynamic";
import { useId, useMemo } from "react";
import { TimeFlags } from "#components/charts/time-flags.tsx";
import type { TimeSeries } from "#components/charts/time-rows.ts";
import { formatCompact, formatRate, plural, unknownMark } from "#lib/client/format.ts";
import { describeMoment } from "#lib/client/moment.ts";
import type { ResetMark } from "#lib/client/reset-marks.ts";
import { localTimes } from "#lib/client/time-axis.ts";
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
const lineValues = (row: HistoryRow) => row.lines;
const rateValues = (row: HistoryRow) => [row.eventsIn, row.eventsOut];

const rateTick = (value: number) => (value < 10 ? String(Math.round(value * 10) / 10) : formatCompact(value));
const describe = (at: number) => describeMoment(new Date(at).toISOString());

interface Props {
  rows: readonly HistoryRow[];
  from: number;
  to: number;
  /** Null: all of the range was watched. */
  unwatchedUntil: number | null;
  /** Partitions in the sum's place; empty: the sum. */
  lines: readonly { partitionId: string; color: number }[];
  /** What the lines leave out; null: nothing. */
  linesNote: string | null;
  resets: readonly ResetMark[];
  onZoom: (from: number, to: number) => void;
}

/** The lag above, what comes in and is read below, on one axis of time with one crosshair. */
export function HistoryCharts({ rows, from, to, unwatchedUntil, lines, linesNote, resets, onZoom }: Props) {
  const syncId = useId();
  const isSum = lines.length === 0;
  const lag = useMemo(() => chartRows(rows, isSum ? lagValues : lineValues, true), [rows, isSum]);
  const rates = useMemo(() => chartRows(rows, rateValues, false), [rows]);
  const series = useMemo(() => (isSum ? lagSeries : lineSeries(lines)), [isSum, lines]);
  const flags = resets.map(({ at }) => at);
  const shared = {
    from,
    to,
    unwatchedUntil,
    flags,
    ticks: localTimes.ticks(from, to, mostTicks),
    syncId,
    formatTime: localTimes.tick,
    onZoom,
  };
  const marked = rows.some((row) => row.changes.length > 0);
  const isMeasured = rows.some((row) => row.lag !== null || row.lines.some((value) => value !== null));
  return (
    <div className="py-2">
      <Caption
        title="Events behind"
        series={series}
        note={[linesNote, marked ? "▲ owners changed" : null].filter(Boolean).join(" · ") || null}
      />
      {isMeasured ? null : (
        <p className="px-4 text-muted text-note">
          {atMostWords(rows) ?? "No lag was known in this range."} A mere bound is not drawn.
        </p>
      )}
      <TimeFlags
        label="Resets"
        from={from}
        to={to}
        flags={resets.map(({ id, at, label, path }) => ({ id, at, label, href: path }))}
      />
      <figure
        role="img"
        aria-label={`Events behind over time. ${isSum ? lagWords(rows) : linesWords(rows, lines)}`}
        style={{ height: heights.lag }}
      >
        <TimeChart
          {...shared}
          rows={lag}
          series={series}
          height={heights.lag}
          withTimes={false}
          describeMoment={describe}
          formatValue={(value) => plural(value, "event")}
          formatTick={formatCompact}
        />
      </figure>
      <Caption
        title={isSum ? "Events per second" : "Events per second, all partitions"}
        series={rateSeries}
        note="drag over a chart to zoom in"
      />
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
          describeMoment={localTimes.moment}
          formatValue={formatRate}
          formatTick={rateTick}
        />
      </figure>
    </div>
  );
}

function lineSeries(lines: Props["lines"]): TimeSeries[] {
  return lines.map(({ partitionId, color }) => ({
    name: `Partition ${partitionId}`,
    color: `var(--owner-${color})`,
  }));
}

function lagWords(rows: readonly HistoryRow[]): string {
  const known = rows.flatMap(({ lag }) => lag ?? []);
  const highest = rows.reduce<number | null>(
    (most, { lagMax }) => (lagMax === null ? most : Math.max(most ?? 0, lagMax)),
    null,
  );
  const last = known.at(-1);
  return last === undefined || highest === null
    ? (atMostWords(rows) ?? "Not known in this range.")
    : `At last ${plural(last, "event")}, at most ${plural(highest, "event")}.`;
}

/** Of a range in which nothing was measured; null where there is no bound either. */
function atMostWords(rows: readonly HistoryRow[]): string | null {
  const bound = rows.findLast(({ atMost }) => atMost !== null)?.atMost ?? null;
  return bound === null
    ? null
    : `Without a checkpoint the lag is not measured: it is at most ${plural(bound, "event")}.`;
}

function linesWords(rows: readonly HistoryRow[], lines: Props["lines"]): string {
  const words = lines.map(({ partitionId }, index) => {
    const last = rows.findLast((row) => row.lines[index] != null)?.lines[index] ?? null;
    return `partition ${partitionId} ${last === null ? "not known" : plural(last, "event")}`;
  });
  return `At last: ${words.join(", ")}.`;
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
