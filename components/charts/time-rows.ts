export interface TimeRow {
  at: number;
  /** One per series; null: not known, a gap. */
  values: readonly (number | null)[];
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
