export interface TimeRow {
  at: number;
  /** One per series; null: not known, a gap. */
  values: readonly (number | null)[];
  /** Only of a step that still runs, and the point before it: drawn dashed. */
  open: readonly (number | null)[];
  /** What happened in this step, in words. */
  marks: readonly string[];
}

export interface TimeSeries {
  name: string;
  color: string;
  thin?: boolean;
}
