"use client";

import { usePlotArea, useXAxisScale } from "recharts";
import type { TimeRow } from "./time-rows.ts";

/** A small triangle at the foot of the chart for each step in which something happened; one path, however many there are. */
export function TimeMarks({ rows }: { rows: readonly TimeRow[] }) {
  const scale = useXAxisScale();
  const area = usePlotArea();
  if (scale === undefined || area === undefined) return null;
  const foot = area.y + area.height;
  const path = rows
    .filter(({ marks }) => marks.length > 0)
    .flatMap(({ at }) => scale(at) ?? [])
    .map((x) => `M${(x - 3.5).toFixed(1)} ${foot}l3.5 -6l3.5 6z`)
    .join("");
  return path === "" ? null : <path d={path} fill="var(--muted)" fillOpacity={0.75} />;
}
