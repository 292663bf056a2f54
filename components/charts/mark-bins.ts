import type { TimeRow } from "./time-rows.ts";

export interface MarkBin {
  from: number;
  to: number;
  at: number;
  marks: readonly string[];
}

/** Groups marks into bins of so many steps. Bins follow the clock, so that none moves as time passes. */
export function binMarks(rows: readonly TimeRow[], stepsPerBin: number): MarkBin[] {
  const [first, second] = rows;
  if (first === undefined) return [];
  const binMs = Math.max(1, (second?.from ?? first.at) - first.from) * stepsPerBin;
  const marked = rows.filter(({ marks }) => marks.length > 0);
  return [...Map.groupBy(marked, ({ from }) => Math.floor(from / binMs))].map(([bin, own]) => ({
    from: bin * binMs,
    to: (bin + 1) * binMs,
    at: ((own[0]?.at ?? 0) + (own.at(-1)?.at ?? 0)) / 2,
    marks: own.flatMap(({ marks }) => marks),
  }));
}
