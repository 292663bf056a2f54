import type { TimeRow } from "./time-rows.ts";

/** Steps next to one another with marks: one triangle on the chart, and one list in its tip. */
export interface MarkBin {
  /** Its steps begin within these, the second left out. */
  from: number;
  to: number;
  /** Where it is drawn: in the middle of the points of its steps that have marks. */
  at: number;
  marks: readonly string[];
}

/** Every so many steps share a bin. Bins are whole spans of the clock, so that none moves as time goes on. */
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
