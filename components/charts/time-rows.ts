/**
 * `at` is the end of its step, which its last figures describe. With `isLowerBound` the values may have been
 * larger. `open` values, drawn dashed, are only for the running step and the point before it. `marks` are the
 * step's events, drawn at the chart's foot.
 */
export interface TimeRow {
  at: number;
  from: number;
  values: readonly (number | null)[];
  isLowerBound?: boolean;
  open: readonly (number | null)[];
  marks: readonly string[];
  notes: readonly string[];
}

export interface TimeSeries {
  name: string;
  color: string;
  thin?: boolean;
}

export interface TimeFlag {
  id: string;
  at: number;
  label: string;
  href: string;
}

export function highestOf(rows: readonly TimeRow[]): number {
  return rows.reduce(
    (most, { values, open }) => Math.max(most, ...values.map((v) => v ?? 0), ...open.map((v) => v ?? 0)),
    0,
  );
}
