export interface TimeRow {
  /** The end of its step, which its last figures describe. */
  at: number;
  from: number;
  values: readonly (number | null)[];
  /** The values may have been larger. */
  isLowerBound?: boolean;
  /** Only for the running step and the point before it: drawn dashed. */
  open: readonly (number | null)[];
  /** Events of this step, drawn as a mark at the chart's foot. */
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
