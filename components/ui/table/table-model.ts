"use client";

import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import type { Explained } from "../explained.tsx";

type SortValue = number | string | null;
type CsvValue = number | string | boolean | null;

/**
 * Widths are pixels, so that live figures move nothing; a wider table shares out the rest.
 * - `id`: letters only, for the URL.
 * - `sortBy`: null sorts last in both directions, since an unknown is neither small nor large.
 * - `csvTime`: a wire time instead of `csv`; exported in the pages' zone, which the heading names.
 * - `csvLabel`: for a label that lacks the unit.
 * - `csvAlso`: that the figure is a bound, or leaves something out; named as in the API.
 * - `phoneWidth`: 0 hides the column on a phone.
 * - `hint`: when the help has nothing.
 * - `fixed`: identifies the row, so it can't be hidden.
 * - `isAboutSame`: sorted by it, such rows keep their places, since figures that live change all the time.
 */
export interface Column<Row> {
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  sortBy?: (row: Row) => SortValue;
  isAboutSame?: (a: Row, b: Row) => boolean;
  csv?: (row: Row) => SortValue;
  csvTime?: (row: Row) => string | null;
  csvLabel?: string;
  csvAlso?: Readonly<Record<string, (row: Row) => CsvValue>>;
  figure?: boolean;
  width: number;
  phoneWidth?: number;
  about?: Explained;
  hint?: string;
  descendingFirst?: boolean;
  startsHidden?: boolean;
  fixed?: boolean;
}

export interface SortState {
  column: string;
  descending: boolean;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function compare(a: SortValue | undefined, b: SortValue | undefined): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}

export function useSortedRows<Row extends object>(options: {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  sort: SortState | null;
  fallback: readonly SortState[];
}): readonly Row[] {
  const { columns, rows, rowId, sort, fallback } = options;
  const defs = useMemo(
    () =>
      columns.map(({ id, sortBy }) => ({
        id,
        accessorFn: (row: Row) => sortBy?.(row) ?? undefined,
        sortUndefined: "last" as const,
        sortFn: (
          a: { getValue: (id: string) => unknown },
          b: { getValue: (id: string) => unknown },
          column: string,
        ) => compare(a.getValue(column) as SortValue, b.getValue(column) as SortValue),
      })),
    [columns],
  );
  const sorting = useMemo(() => {
    const known = new Set(columns.map((column) => column.id));
    const wanted = sort !== null && known.has(sort.column) ? [sort, ...fallback] : fallback;
    const unique = wanted.filter((one, i) => wanted.findIndex((w) => w.column === one.column) === i);
    return unique.map(({ column, descending }) => ({ id: column, desc: descending }));
  }, [columns, sort, fallback]);
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: defs, data, getRowId: rowId, state: { sorting } });
  return table.getRowModel().rows.map((row) => row.original);
}

export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | null,
): Column<Row>[] {
  return columns.filter(
    ({ id, fixed, startsHidden }) => fixed || (chosen === null ? !startsHidden : chosen.includes(id)),
  );
}

/** A header click: first direction, then the other, then the page's own order. */
export function nextSort<Row>(column: Column<Row>, sort: SortState | null): SortState | null {
  const first = column.descendingFirst ?? column.figure ?? false;
  if (sort?.column !== column.id) return { column: column.id, descending: first };
  return sort.descending === first ? { column: column.id, descending: !first } : null;
}
