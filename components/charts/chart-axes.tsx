"use client";

import { CartesianGrid, XAxis, YAxis } from "recharts";
import { lastTick, plotLeft, plotMargin } from "./plot-margin.ts";

const text = { fill: "var(--muted)", fontSize: 12 };

export function ChartAxes(props: {
  from: number;
  to: number;
  ticks: readonly number[];
  formatTime: (at: number) => string;
  valueTicks: readonly number[];
  formatTick: (value: number) => string;
  withTimes?: boolean;
}) {
  const { from, to, ticks, valueTicks, formatTime, formatTick, withTimes = true } = props;
  return (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[from, to]}
        allowDataOverflow
        ticks={ticks.filter((at) => at - from <= lastTick * (to - from))}
        tickFormatter={formatTime}
        tick={withTimes ? text : false}
        height={withTimes ? 30 : 12}
        minTickGap={16}
        tickLine={false}
        axisLine={{ stroke: "var(--line-strong)" }}
      />
      <YAxis
        width={plotLeft - plotMargin.left}
        tickFormatter={formatTick}
        tick={text}
        tickLine={false}
        axisLine={false}
        ticks={[...valueTicks]}
        interval={0}
        domain={[0, valueTicks.at(-1) ?? 1]}
      />
    </>
  );
}
