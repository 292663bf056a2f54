export interface TimeRow {
  /** Where its point stands: the end of its step, the moment that its last figures are of. */
  at: number;
  /** When its step began. */
  from: number;
  /** One per series; null: not known, a gap. */
  values: readonly (number | null)[];
  /** The values may have been larger. */
  isLowerBound?: boolean;
  /** Only of a step that still runs, and the point before it: drawn dashed. */
  open: readonly (number | null)[];
  /** What happened in this step, in words: drawn as a mark at the chart's foot. */
  marks: readonly string[];
  /** What else happened in it: told, and drawn by a flag of its own. */
  notes: readonly string[];
}

export interface TimeSeries {
  name: string;
  color: string;
  thin?: boolean;
}

/** Something at one moment that has a page of its own. */
export interface TimeFlag {
  id: string;
  at: number;
  label: string;
  href: string;
}

/** The highest of all figures, 0 where there is none. */
export function highestOf(rows: readonly TimeRow[]): number {
  return rows.reduce(
    (most, { values, open }) => Math.max(most, ...values.map((v) => v ?? 0), ...open.map((v) => v ?? 0)),
    0,
  );
}
