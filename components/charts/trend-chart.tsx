"use client";

import { Area, AreaChart, ReferenceDot, Tooltip } from "recharts";
import { ChartAxes } from "./chart-axes.tsx";
import { plotMargin } from "./plot-margin.ts";

interface TrendRow {
  at: number;
  value: number | null;
}

export interface TrendChartProps {
  rows: readonly TrendRow[];
  /** The axis' ends, so that a short history does not look like a full one. */
  from: number;
  to: number;
  tickMs: number;
  color: string;
  height: number;
  ticksFor: (highest: number) => number[];
  formatValue: (value: number) => string;
  formatTick: (value: number) => string;
  formatTime: (at: number) => string;
  describeMoment: (at: number) => string;
}

function roundTimes(from: number, to: number, stepMs: number): number[] {
  const first = Math.ceil(from / stepMs) * stepMs;
  return Array.from({ length: Math.floor((to - first) / stepMs) + 1 }, (_, i) => first + i * stepMs);
}

export function TrendChart(props: TrendChartProps) {
  const { rows, from, to, tickMs, color, height, ticksFor, formatTick, formatTime } = props;
  const highest = rows.reduce((most, { value }) => Math.max(most, value ?? 0), 0);
  const last = rows.findLast((row) => row.value !== null);
  return (
    <AreaChart
      responsive
      data={[...rows]}
      style={{ width: "100%", height }}
      margin={plotMargin}
      accessibilityLayer={false}
    >
      <ChartAxes
        {...{ from, to, formatTime, formatTick }}
        ticks={roundTimes(from, to, tickMs)}
        valueTicks={ticksFor(highest)}
      />
      <Tooltip
        cursor={{ stroke: "var(--line-strong)" }}
        isAnimationActive={false}
        content={({ active, payload }) =>
          active ? <Note row={payload[0]?.payload as TrendRow | undefined} {...props} /> : null
        }
      />
      <Area
        dataKey="value"
        type="linear"
        connectNulls={false}
        isAnimationActive={false}
        stroke={color}
        strokeWidth={1.75}
        fill={color}
        fillOpacity={0.1}
        dot={false}
        activeDot={{ r: 3.5, strokeWidth: 0 }}
      />
      {last?.value == null ? null : (
        <ReferenceDot
          x={last.at}
          y={last.value}
          r={3.5}
          fill={color}
          stroke="var(--surface)"
          strokeWidth={2}
        />
      )}
    </AreaChart>
  );
}

function Note({
  row,
  formatValue,
  describeMoment,
}: { row: TrendRow | undefined } & Pick<TrendChartProps, "formatValue" | "describeMoment">) {
  if (row === undefined) return null;
  return (
    <div className="figures whitespace-pre-line rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-note">
      <strong className="font-semibold text-work">
        {row.value === null ? "not known" : formatValue(row.value)}
      </strong>
      {"\n"}
      {describeMoment(row.at)}
    </div>
  );
}
