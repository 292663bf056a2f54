"use client";

import { type ReactNode, useMemo } from "react";

type SortValue = number | string | null;
type CsvValue = number | string | boolean | null;

/**
 * Widths are pixels, so that live figures move nothing; a wider table gives the rest to the columns that
 * `grows`, or else to all.
 * - `id`: letters only, for the URL.
 * - `sortBy`: null sorts last in both directions, since an unknown is neither small nor large.
 * - `csvTime`: a wire time instead of `csv`; exported in the pages' zone, which the heading names.
 * - `csvLabel`: for a label that is too short alone; `csvUnit`: what the figure is exported in.
 * - `csvAlso`: what the cell tells besides: that the figure is a bound, or leaves something out.
 * - `phoneWidth`: 0 hides the column on a phone.
 * - `fixed`: identifies the row, so it can't be hidden.
 * - `isAboutSame`: sorted by it, such rows keep their places, since figures that live change all the time.
 */
export interface CsvField<Row> {
  label: string;
  csvLabel?: string;
  csvUnit?: string;
  csv?: (row: Row) => CsvValue;
  csvTime?: (row: Row) => string | null;
  csvAlso?: readonly CsvField<Row>[];
}

export interface PlainColumn<Row> extends CsvField<Row> {
  id: string;
  cell: (row: Row) => ReactNode;
  sortBy?: (row: Row) => SortValue;
  isAboutSame?: (a: Row, b: Row) => boolean;
  figure?: boolean;
  width: number;
  phoneWidth?: number;
  grows?: boolean;
  descendingFirst?: boolean;
  startsHidden?: boolean;
  fixed?: boolean;
}

/** `about`: the key of its explanation in the help. Every column that is shown has one. */
export interface Column<Row> extends PlainColumn<Row> {
  about: string;
}

export interface SortState {
  column: string;
  descending: boolean;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function compare(a: SortValue, b: SortValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}

/** Sorted by the first of `keys`, among equals by the next one; the rest stays in the order it was in. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly PlainColumn<Row>[],
  keys: readonly SortState[],
): Row[] {
  const by = keys.flatMap(({ column, descending }) => {
    const sortBy = columns.find(({ id }) => id === column)?.sortBy;
    return sortBy === undefined ? [] : [{ sortBy, sign: descending ? -1 : 1 }];
  });
  const known = rows.map((row) => ({ row, values: by.map(({ sortBy }) => sortBy(row)) }));
  known.sort((a, b) => {
    for (const [i, { sign }] of by.entries()) {
      const [x = null, y = null] = [a.values[i], b.values[i]];
      const order = x === null || y === null ? Number(x === null) - Number(y === null) : sign * compare(x, y);
      if (order !== 0) return order;
    }
    return 0;
  });
  return known.map(({ row }) => row);
}

export function useSortedRows<Row>(options: {
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  sort: SortState | null;
  fallback: readonly SortState[];
}): readonly Row[] {
  const { columns, rows, sort, fallback } = options;
  return useMemo(() => {
    const isKnown = sort !== null && columns.some(({ id }) => id === sort.column);
    return sortRows(rows, columns, isKnown ? [sort, ...fallback] : fallback);
  }, [columns, rows, sort, fallback]);
}

export function shownColumns<Shown extends Pick<PlainColumn<never>, "id" | "fixed" | "startsHidden">>(
  columns: readonly Shown[],
  chosen: readonly string[] | null,
): Shown[] {
  return columns.filter(
    ({ id, fixed, startsHidden }) => fixed || (chosen === null ? !startsHidden : chosen.includes(id)),
  );
}

/** A header click: first direction, then the other, then the page's own order. */
export function nextSort<Row>(column: PlainColumn<Row>, sort: SortState | null): SortState | null {
  const first = column.descendingFirst ?? column.figure ?? false;
  if (sort?.column !== column.id) return { column: column.id, descending: first };
  return sort.descending === first ? { column: column.id, descending: !first } : null;
}
