"use client";

import { type ReactNode, useMemo } from "react";
import {
  type Column,
  type SortState,
  shownColumns,
  useSortedRows,
} from "#components/ui/table/table-model.ts";
import { ColumnMenu, CsvButton, TableTools } from "#components/ui/table/table-tools.tsx";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { late } from "#lib/client/http/late.ts";

export function useList<Row>(options: {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  url: { sort: SortState | null; columns: readonly string[] | null };
  fallback: readonly SortState[];
}): { sorted: readonly Row[]; shown: readonly Column<Row>[] } {
  const { columns, url, ...rest } = options;
  const sorted = useSortedRows({ ...rest, columns, sort: url.sort });
  const shown = useMemo(() => shownColumns(columns, url.columns), [columns, url.columns]);
  return { sorted, shown };
}

/** What can't be loaded is told above the page. */
async function save<Row>(fileName: string, columns: readonly Column<Row>[], rows: readonly Row[]) {
  const loaded = await late(() => Promise.all([import("#lib/client/format/csv.ts")])).catch(() => []);
  loaded[0]?.exportRows(fileName, columns, rows);
}

export function ListTools<Row>(props: {
  noun: string;
  total: number;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  onColumns: (ids: string[] | null) => void;
  fileName: string;
  children: ReactNode;
}) {
  const { noun, total, rows, columns, shown, onColumns, fileName, children } = props;
  const all = plural(total, noun);
  return (
    <TableTools
      count={rows.length === total ? all : `${formatCount(rows.length)} of ${all}`}
      side={
        <>
          <ColumnMenu columns={columns} shown={shown} onChange={onColumns} />
          <CsvButton of={`${noun}s`} rows={rows.length} onClick={() => void save(fileName, shown, rows)} />
        </>
      }
    >
      {children}
    </TableTools>
  );
}
