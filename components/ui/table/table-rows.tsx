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

const noneOpen: ReadonlySet<string> = new Set();

/** @param isCut draws more than a screen shows, in the height of all: what the server does */
export function AllRows<Row>(props: BodyProps<Row> & { isCut?: boolean }) {
  const { rows, rowId, columns, details, below, belowOnPhone, open, toggle, isCut = false } = props;
  const drawn = isCut ? rows.slice(0, Math.ceil(firstHeight / rowHeight) + overscan) : rows;
  return (
    <>
      {drawn.map((row, index) => {
        const id = rowId(row);
        const shown = { id, row, index, columns, details, below, belowOnPhone, toggle };
        return <TableRow key={id} {...shown} isOpen={open.has(id)} />;
      })}
      <Spacer height={(rows.length - drawn.length) * rowHeight} />
    </>
  );
}

/** Stands in for the virtual rows. What is open there begins with them, not twice. */
export function FirstRows<Row>(props: BodyProps<Row>) {
  return <AllRows {...props} open={noneOpen} isCut />;
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
