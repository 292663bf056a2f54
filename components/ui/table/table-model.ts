"use client";

import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import type { Explained } from "../explained.tsx";

type SortValue = number | string | null;
type CsvValue = number | string | boolean | null;

/** One column of a table: how it reads, sorts and is exported. */
export interface Column<Row> {
  /** Letters only: it stands in the URL. */
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Null sorts last in either direction: an unknown is neither small nor large. */
  sortBy?: (row: Row) => SortValue;
  csv?: (row: Row) => SortValue;
  /** In place of `csv`: a moment on the wire. The export writes it in the zone that the pages tell, and names that. */
  csvTime?: (row: Row) => string | null;
  /** The export's heading, where the label would leave the unit open. */
  csvLabel?: string;
  /** What the export says of the figure beside it: that it is a bound, or leaves something out. Named as in the API. */
  csvAlso?: Readonly<Record<string, (row: Row) => CsvValue>>;
  /** Right-aligned, in figures of one width. */
  figure?: boolean;
  /** In pixels; a table wider than its columns shares the rest out. Fixed, so that live figures move nothing. */
  width: number;
  /** On a phone; 0 leaves the column out there. */
  phoneWidth?: number;
  /** What it is, in short, and where the help says more. */
  about?: Explained;
  /** In place of it, where there is no help on it. */
  hint?: string;
  descendingFirst?: boolean;
  startsHidden?: boolean;
  /** Can't be hidden: it says which row this is. */
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

/** Rows in the order of `sort`, ties by `fallback`. The caller keeps the state; the table only follows it. */
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

/** The columns that are shown: those chosen, or those that do not start hidden; the fixed ones always. */
export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | null,
): Column<Row>[] {
  return columns.filter(
    ({ id, fixed, startsHidden }) => fixed || (chosen === null ? !startsHidden : chosen.includes(id)),
  );
}

/** A click on a header: this column in its first direction, then the other, then back to the order of the page. */
export function nextSort<Row>(column: Column<Row>, sort: SortState | null): SortState | null {
  const first = column.descendingFirst ?? column.figure ?? false;
  if (sort?.column !== column.id) return { column: column.id, descending: first };
  return sort.descending === first ? { column: column.id, descending: !first } : null;
}
