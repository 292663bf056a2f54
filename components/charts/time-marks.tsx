"use client";

import { useMemo } from "react";
import { usePlotArea, useXAxisScale } from "recharts";
import { binMarks, type MarkBin } from "./mark-bins.ts";
import type { TimeRow } from "./time-rows.ts";

const half = 3.5;
/** Closer triangles would touch. */
const nearest = 2 * half + 2;
const height = { one: 6, most: 15 };

export function useMarkBins(rows: readonly TimeRow[]): MarkBin[] {
  const scale = useXAxisScale();
  const [first, second] = rows;
  const step =
    scale === undefined || first === undefined || second === undefined
      ? undefined
      : (scale(second.from) ?? 0) - (scale(first.from) ?? 0);
  const stepsPerBin = step === undefined || step <= 0 ? 1 : Math.ceil(nearest / step);
  return useMemo(() => binMarks(rows, stepsPerBin), [rows, stepsPerBin]);
}

export function TimeMarks({ rows }: { rows: readonly TimeRow[] }) {
  const scale = useXAxisScale();
  const area = usePlotArea();
  const bins = useMarkBins(rows);
  if (scale === undefined || area === undefined) return null;
  const foot = area.y + area.height;
  const path = bins
    .map(({ at, marks }) => {
      const x = Math.min(scale(at) ?? 0, area.x + area.width - half);
      const tall = Math.min(height.most, height.one + 2 * Math.log2(marks.length));
      return `M${(x - half).toFixed(1)} ${foot}l${half} ${(-tall).toFixed(1)}l${half} ${tall.toFixed(1)}z`;
    })
    .join("");
  return path === "" ? null : <path d={path} fill="var(--muted)" fillOpacity={0.75} />;
}
