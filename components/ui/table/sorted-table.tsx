"use client";

import { type ReactNode, useState } from "react";
import { DataTable } from "./data-table.tsx";
import { type Column, type SortState, useSortedRows } from "./table-model.ts";

/** Keeps its own order; `order` is the initial one, ties included. */
export function SortedTable<Row extends object>(props: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  order: readonly [SortState, ...SortState[]];
  details?: (row: Row) => ReactNode;
  belowOnPhone?: (row: Row) => ReactNode;
  empty?: ReactNode;
}) {
  const { columns, rows, order } = props;
  const [sort, setSort] = useState<SortState | null>(null);
  const sorted = useSortedRows({ columns, rows, sort, fallback: order });
  return <DataTable {...props} rows={sorted} sort={sort ?? order[0]} onSort={setSort} />;
}
