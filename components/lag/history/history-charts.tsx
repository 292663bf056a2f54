"use client";

import { useId, useMemo } from "react";
import { ChartCaption } from "#components/charts/chart-caption.tsx";
import { TimeFlags } from "#components/charts/time-flags.tsx";
import type { TimeRow, TimeSeries } from "#components/charts/time-rows.ts";
import { formatBehind, formatDuration, formatRate, plural } from "#lib/client/format/format.ts";
import { describeStretch } from "#lib/client/format/moment.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import type { ResetMark } from "#lib/client/history/reset-marks.ts";
import { countTicks, formatTick, rateTicks, secondTicks } from "#lib/client/history/value-axis.ts";
import { chartRows, type HistoryRow } from "./history-rows.ts";
import { atMostWords, behindWords, lagWords, linesWords, rateWords } from "./history-words.ts";
import { lateChart } from "./late-chart.tsx";
import { leftOutWords } from "./left-out-words.ts";

const heights = { lag: 220, behind: 130, rates: 160 };
const mostTicks = 8;

const TimeChart = lateChart(() => import("#components/charts/time-chart.tsx").then((m) => m.TimeChart));

const lagSeries: TimeSeries[] = [
  { name: "Lag", color: "var(--accent)" },
  { name: "Highest in the step", color: "var(--owner-6)", thin: true },
];
const behindSeries: TimeSeries[] = [{ name: "Longest in the step", color: "var(--accent)" }];
const rateSeries: TimeSeries[] = [
  { name: "In", color: "var(--owner-5)" },
  { name: "Out", color: "var(--owner-7)" },
];
const lagValues = (row: HistoryRow) => [row.lag, row.lagMax];
const lineValues = (row: HistoryRow) => row.lines;
const behindValues = (row: HistoryRow) => [row.lagSeconds];
const rateValues = (row: HistoryRow) => [row.eventsIn, row.eventsOut];

const formatTime = (seconds: number, { isLowerBound }: TimeRow) =>
  formatBehind(seconds, isLowerBound === true);
const describeStep = ({ from, at }: TimeRow) => describeStretch(from, at);
const countMarks = (count: number) => plural(count, "owner change");
const countFlags = (count: number) => plural(count, "reset");
const formatEvents = (count: number) => plural(count, "event");

/** `partitionId` is null for the sum or several partitions. `lines` replace the sum if there are any. */
interface Props {
  rows: readonly HistoryRow[];
  from: number;
  to: number;
  unwatchedUntil: number | null;
  partitionId: string | null;
  lines: readonly { partitionId: string; color: number }[];
  linesNote: string | null;
  resets: readonly ResetMark[];
  onZoom: (from: number, to: number) => void;
}

export function HistoryCharts(props: Props) {
  const { rows, from, to, unwatchedUntil, partitionId, lines, linesNote, resets, onZoom } = props;
  const syncId = useId();
  const times = useTimes();
  const isSum = lines.length === 0;
  const lag = useMemo(() => chartRows(rows, isSum ? lagValues : lineValues, true), [rows, isSum]);
  const behind = useMemo(() => chartRows(rows, behindValues, false), [rows]);
  const rates = useMemo(() => chartRows(rows, rateValues, false), [rows]);
  const series = useMemo(() => (isSum ? lagSeries : lineSeries(lines)), [isSum, lines]);
  const shared = {
    from,
    to,
    unwatchedUntil,
    flags: resets.map(({ at }) => at),
    ticks: times.ticks(from, to, mostTicks),
    syncId,
    formatTime: times.tick,
    countMarks,
    describeStep,
    onZoom,
  };
  const marked = rows.some((row) => row.changes.length > 0);
  const isMeasured = rows.some((row) => row.lag !== null || row.lines.some((value) => value !== null));
  const hasBounds = rows.some((row) => row.lagSecondsIsLowerBound && row.lagSeconds !== null);
  const bound = hasBounds ? "partly a lower bound: from before the first look" : null;
  const isPaced = rows.some(({ eventsIn, eventsOut }) => eventsIn !== null || eventsOut !== null);
  const isTimed = rows.some((row) => row.lagSeconds !== null);
  const one = partitionId === null ? "" : `, partition ${partitionId}`;
  const lastSum = rows.findLast((row) => row.lag !== null);
  const leftOut = isSum && partitionId === null ? leftOutWords(lastSum?.withoutCheckpoint) : null;
  const all = isSum ? one : ", all partitions";
  return (
    <div className="py-2">
      <ChartCaption
        title={`Lag${one}`}
        series={series}
        scope={linesNote ?? leftOut}
        note={marked ? "▲ owners changed" : null}
      />
      {isMeasured ? null : (
        <p className="px-4 text-muted text-note">
          {atMostWords(rows) ?? "No lag was known in this range."} Upper bounds are not drawn.
        </p>
      )}
      <TimeFlags
        label="Resets"
        from={from}
        to={to}
        countFlags={countFlags}
        flags={resets.map(({ id, at, label, path }) => ({ id, at, label, href: path }))}
      />
      <figure
        role="img"
        aria-label={`Lag over time. ${isSum ? lagWords(rows) : linesWords(rows, lines)}`}
        style={{ height: heights.lag }}
      >
        <TimeChart
          {...shared}
          rows={lag}
          series={series}
          height={heights.lag}
          withTimes={false}
          ticksFor={countTicks}
          formatValue={formatEvents}
          formatTick={formatTick}
        />
      </figure>
      {!isTimed ? null : (
        <>
          <ChartCaption
            title={`Time lag${all}`}
            series={behindSeries}
            scope={isSum ? bound : "the partition with the highest time lag"}
            note={isSum ? null : bound}
          />
          <figure
            role="img"
            aria-label={`Time lag over time. ${behindWords(rows)}`}
            style={{ height: heights.behind }}
          >
            <TimeChart
              {...shared}
              rows={behind}
              series={behindSeries}
              height={heights.behind}
              withTimes={false}
              ticksFor={secondTicks}
              formatValue={formatTime}
              formatTick={formatDuration}
            />
          </figure>
        </>
      )}
      <ChartCaption
        title={`Events per second${all}`}
        series={rateSeries}
        scope={isSum ? null : "choose one partition to see its own"}
        note={`${isSum ? "drag to zoom in · " : ""}times in ${times.zone}`}
      />
      {isPaced ? null : <p className="px-4 text-muted text-note">No rate was known in this range.</p>}
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
          ticksFor={rateTicks}
          formatValue={formatRate}
          formatTick={formatTick}
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
