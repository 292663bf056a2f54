"use client";

import { clsx } from "clsx";
import { type PointerEvent, useState } from "react";
import { lastTick, plotLeft, plotMargin } from "./plot-margin.ts";
import { trendPath } from "./trend-path.ts";

interface TrendRow {
  at: number;
  value: number | null;
}

interface TrendChartProps {
  label: string;
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

/** The picture's own units; it is stretched over the plot. */
const picture = { width: 2000, height: 400 };
const timesHeight = 30;
/** At most; so that a note stays beside the point, but within a narrow picture. */
const noteWidth = 236;

function roundTimes(from: number, to: number, stepMs: number): number[] {
  const first = Math.ceil(from / stepMs) * stepMs;
  return Array.from({ length: Math.floor((to - first) / stepMs) + 1 }, (_, i) => first + i * stepMs);
}

/**
 * Drawn by hand, and so in the page as it is sent: the chart library weighs as much as half of the page's
 * scripts.
 */
export function TrendChart(props: TrendChartProps) {
  const { label, from, to, tickMs, color, height, ticksFor, formatTick, formatTime } = props;
  const rows = props.rows.filter(({ at }) => at >= from);
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const valueTicks = ticksFor(rows.reduce((most, { value }) => Math.max(most, value ?? 0), 0));
  const top = valueTicks.at(-1) ?? 1;
  const along = (at: number) => (at - from) / (to - from);
  const down = (value: number) => 1 - value / top;
  const { line, area } = trendPath(
    rows.map(({ at, value }) => ({
      x: along(at) * picture.width,
      y: value === null ? null : down(value) * picture.height,
    })),
    picture.height,
  );
  const last = rows.findLast(({ value }) => value !== null);
  const pointed = rows.find(({ at }) => at === pointedAt);
  const onPoint = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setPointedAt(nearest(rows, from + ((clientX - left) / width) * (to - from)));
  };
  return (
    <figure aria-label={label} className="relative text-muted text-xs" style={{ height }}>
      <div
        className="absolute touch-pan-y"
        style={{
          top: plotMargin.top,
          right: plotMargin.right,
          bottom: timesHeight,
          left: plotLeft,
        }}
        onPointerDown={onPoint}
        onPointerMove={onPoint}
        onPointerLeave={({ pointerType }) => {
          if (pointerType === "mouse") setPointedAt(null);
        }}
      >
        {valueTicks.map((value) => (
          <div
            key={value}
            className={clsx(
              "absolute inset-x-0 border-t",
              value === 0 ? "border-line-strong" : "border-line",
            )}
            style={{ top: percent(down(value)) }}
          >
            <span className="absolute right-full mr-2 -translate-y-1/2">{formatTick(value)}</span>
          </div>
        ))}
        {roundTimes(from, to, tickMs)
          .filter((at) => along(at) <= lastTick)
          .map((at) => (
            <span
              key={at}
              className="absolute top-full mt-2 -translate-x-1/2 whitespace-nowrap"
              style={{ left: percent(along(at)) }}
            >
              {formatTime(at)}
            </span>
          ))}
        <svg
          aria-hidden
          className="absolute inset-0 size-full overflow-visible"
          viewBox={`0 0 ${picture.width} ${picture.height}`}
          preserveAspectRatio="none"
        >
          <path d={area} fill={color} fillOpacity={0.1} />
          <path
            d={line}
            fill="none"
            stroke={color}
            strokeWidth={1.75}
            strokeLinecap="round"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {last?.value == null ? null : (
          <Dot
            left={along(last.at)}
            top={down(last.value)}
            color={color}
            className="border-2 border-surface"
          />
        )}
        {pointed === undefined ? null : (
          <>
            <div
              className="absolute inset-y-0 border-line-strong border-l"
              style={{ left: percent(along(pointed.at)) }}
            />
            {pointed.value === null ? null : (
              <Dot left={along(pointed.at)} top={down(pointed.value)} color={color} />
            )}
            <Note row={pointed} left={along(pointed.at)} {...props} />
          </>
        )}
      </div>
    </figure>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

function nearest(rows: readonly TrendRow[], moment: number): number | null {
  return rows.reduce<number | null>(
    (best, { at }) => (best === null || Math.abs(at - moment) < Math.abs(best - moment) ? at : best),
    null,
  );
}

function Dot(props: { left: number; top: number; color: string; className?: string }) {
  const { left, top, color, className } = props;
  return (
    <span
      className={clsx("absolute size-[7px] -translate-1/2 rounded-full box-content", className)}
      style={{ left: percent(left), top: percent(top), background: color }}
    />
  );
}

function Note({
  row,
  left,
  formatValue,
  describeMoment,
}: { row: TrendRow; left: number } & Pick<TrendChartProps, "formatValue" | "describeMoment">) {
  return (
    <div
      className="figures pointer-events-none absolute top-2 z-10 w-max whitespace-pre rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-ink text-note"
      style={
        left > 0.5
          ? { right: `min(${percent(1 - left)} + 10px, 100% - ${noteWidth - plotLeft}px)` }
          : { left: `min(${percent(left)} + 10px, 100% - ${noteWidth - plotMargin.right}px)` }
      }
    >
      <strong className="font-semibold text-work">
        {row.value === null ? "not known" : formatValue(row.value)}
      </strong>
      {"\n"}
      {describeMoment(row.at)}
    </div>
  );
}
