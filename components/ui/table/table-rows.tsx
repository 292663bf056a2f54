"use client";

import type { ReactNode, RefObject } from "react";
import type { Column, SortState } from "./table-model.ts";
import { TableRow } from "./table-row.tsx";

export interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  sort: SortState | null;
  onSort: (sort: SortState | null) => void;
  details?: (row: Row) => ReactNode;
  below?: (row: Row) => ReactNode;
  belowOnPhone?: (row: Row) => ReactNode;
  empty?: ReactNode;
  /** Opens the row of this id whenever it changes to one. */
  asked?: string | null;
}

export interface BodyProps<Row> extends DataTableProps<Row> {
  open: ReadonlySet<string>;
  toggle: (id: string) => void;
  region: RefObject<HTMLElement | null>;
}

export const rowHeight = 38;
// Rows in this height are drawn before the region is measured, also on the server.
export const firstHeight = 640;
export const overscan = 8;

export function AllRows<Row>(props: BodyProps<Row>) {
  const { rows, rowId, columns, details, below, belowOnPhone, open, toggle } = props;
  return rows.map((row, index) => {
    const id = rowId(row);
    const shown = { id, row, index, columns, details, below, belowOnPhone, toggle };
    return <TableRow key={id} {...shown} isOpen={open.has(id)} />;
  });
}

/** What the virtual rows draw first. */
export function FirstRows<Row>(props: BodyProps<Row>) {
  const { rows } = props;
  const first = rows.slice(0, Math.ceil(firstHeight / rowHeight) + overscan);
  return (
    <>
      <AllRows {...props} rows={first} />
      <Spacer height={(rows.length - first.length) * rowHeight} />
    </>
  );
}

export function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden>
      <tr>
        <td className="p-0" style={{ height }} />
      </tr>
    </tbody>
  );
}
