"use client";

import { useMemo, useState } from "react";
import { Line, LineChart, ReferenceArea, ReferenceLine, Tooltip } from "recharts";
import { ChartAxes } from "./chart-axes.tsx";
import { plotMargin } from "./plot-margin.ts";
import { TimeMarks } from "./time-marks.tsx";
import { TimeNote } from "./time-note.tsx";
import { highestOf, type TimeRow, type TimeSeries } from "./time-rows.ts";

interface TimeChartProps {
  rows: readonly TimeRow[];
  /** At most eight; the first is on top. Nothing is known before `unwatchedUntil`; null: all was watched. */
  series: readonly TimeSeries[];
  from: number;
  to: number;
  ticks: readonly number[];
  unwatchedUntil: number | null;
  flags: readonly number[];
  height: number;
  syncId: string;
  withTimes: boolean;
  ticksFor: (highest: number) => number[];
  formatValue: (value: number, row: TimeRow) => string;
  formatTick: (value: number) => string;
  formatTime: (at: number) => string;
  countMarks: (count: number) => string;
  describeStep: (row: TimeRow) => string;
  onZoom: (from: number, to: number) => void;
}

// Recharts compares keys by identity, so they are made once.
const lineKeys = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({
  closed: (row: TimeRow) => row.values[i] ?? null,
  open: (row: TimeRow) => row.open[i] ?? null,
}));

/** In less width the words would cover the lines. */
const labelShare = 0.25;
const unwatchedLabel = { value: "not watched yet", fill: "var(--faint)", fontSize: 12 };

interface Drag {
  from: number;
  to: number;
}

export function TimeChart(props: TimeChartProps) {
  const { rows, series, from, to, ticks, height, syncId, withTimes, formatTick, formatTime, onZoom } = props;
  const { unwatchedUntil, flags, ticksFor } = props;
  const valueTicks = useMemo(() => ticksFor(highestOf(rows)), [rows, ticksFor]);
  const hasMarks = rows.some(({ marks }) => marks.length > 0);
  const [drag, setDrag] = useState<Drag | null>(null);
  const finish = () => {
    if (drag !== null && drag.from !== drag.to) {
      onZoom(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to));
    }
    setDrag(null);
  };
  const lines = series.map(({ name, color, thin }, i) => {
    const key = lineKeys[i];
    if (key === undefined) return null;
    const line = {
      name,
      stroke: color,
      strokeWidth: thin ? 1.25 : 1.75,
      type: "linear" as const,
      connectNulls: false,
      isAnimationActive: false,
    };
    return [
      <Line
        key={name}
        {...line}
        dataKey={key.closed}
        activeDot={{ r: 3.5, strokeWidth: 0 }}
        dot={(dot) => <LoneDot key={dot.key} {...{ ...dot, rows, series: i, color }} />}
      />,
      <Line
        key={`${name} so far`}
        {...line}
        dataKey={key.open}
        strokeDasharray="3 3"
        dot={false}
        activeDot={false}
      />,
    ];
  });
  return (
    <LineChart
      responsive
      data={[...rows]}
      syncId={syncId}
      style={{ width: "100%", height, cursor: "crosshair", userSelect: "none" }}
      margin={plotMargin}
      accessibilityLayer={false}
      onMouseDown={({ activeLabel }, event) => {
        event.preventDefault();
        if (typeof activeLabel === "number") setDrag({ from: activeLabel, to: activeLabel });
      }}
      onMouseMove={({ activeLabel }) => {
        if (typeof activeLabel === "number" && drag !== null && drag.to !== activeLabel)
          setDrag({ ...drag, to: activeLabel });
      }}
      onMouseUp={finish}
      onMouseLeave={finish}
    >
      <ChartAxes {...{ from, to, ticks, valueTicks, formatTime, formatTick, withTimes }} />
      {unwatchedUntil === null ? null : (
        <ReferenceArea
          x1={from}
          x2={unwatchedUntil}
          fill="var(--raised)"
          fillOpacity={0.7}
          {...(unwatchedUntil - from < labelShare * (to - from) ? {} : { label: unwatchedLabel })}
        />
      )}
      {flags.map((at) => (
        <ReferenceLine key={at} x={at} stroke="var(--rewind)" strokeDasharray="2 3" />
      ))}
      <TimeMarks rows={rows} />
      <Tooltip
        cursor={{ stroke: "var(--faint)" }}
        filterNull={false}
        isAnimationActive={false}
        // The longest tip, with marks, lies above those of the charts below.
        wrapperStyle={{ zIndex: hasMarks ? 2 : 1 }}
        content={({ active, payload }) =>
          active ? <TimeNote {...props} row={payload[0]?.payload as TimeRow | undefined} /> : null
        }
      />
      {lines.toReversed()}
      {drag === null ? null : (
        <ReferenceArea
          x1={drag.from}
          x2={drag.to}
          fill="var(--accent)"
          fillOpacity={0.12}
          stroke="var(--accent)"
        />
      )}
    </LineChart>
  );
}

/** Draws a point between two gaps, which no line reaches, as a dot. */
function LoneDot(props: {
  rows: readonly TimeRow[];
  series: number;
  index: number;
  cx?: number | undefined;
  cy?: number | undefined;
  color: string;
}) {
  const { rows, series, index, cx, cy, color } = props;
  const known = (i: number) => rows[i]?.values[series] != null || rows[i]?.open[series] != null;
  if (cx === undefined || cy === undefined || !known(index) || known(index - 1) || known(index + 1))
    return null;
  return <circle cx={cx} cy={cy} r={1.75} fill={color} />;
}
