"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { tableWidth, tableWidthClass } from "./column-width.ts";
import { HeldNote } from "./held-note.tsx";
import { useHeldOrder } from "./held-order.ts";
import { TableHead } from "./table-head.tsx";
import { onTableKey } from "./table-keys.ts";
import type { Column, SortState } from "./table-model.ts";
import { TableRow } from "./table-row.tsx";

/** Larger tables draw only visible rows. */
const virtualFrom = 100;
const rowHeight = 38;
const toggleWidth = 36;

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
}

interface BodyProps<Row> extends DataTableProps<Row> {
  open: ReadonlySet<string>;
  toggle: (id: string) => void;
}

/** Scrolls on its own, also by keyboard, so that the page never scrolls sideways. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rowId, sort, onSort, details, empty } = props;
  const by = sort === null ? "" : `${sort.column} ${sort.descending}`;
  const { rows, isHeld, hold } = useHeldOrder(props.rows, rowId, by);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const region = useRef<HTMLDivElement>(null);
  const virtual = rows.length > virtualFrom;
  const toggle = (id: string) =>
    setOpen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  const body = { ...props, rows, open, toggle };
  return (
    <>
      <section
        ref={region}
        aria-label={label}
        data-table
        onKeyDown={onTableKey}
        {...hold}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className={clsx(
          "@container relative overflow-auto overscroll-x-contain focus-visible:outline-offset-[-2px]",
          virtual && "max-h-[max(22rem,min(44rem,72dvh))]",
        )}
      >
        <table
          aria-rowcount={rows.length + 1}
          className={clsx("w-full table-fixed border-separate border-spacing-0 text-work", tableWidthClass)}
          style={tableWidth(columns, details ? toggleWidth : 0)}
        >
          <TableHead
            columns={columns}
            sort={sort}
            onSort={onSort}
            toggleWidth={details ? toggleWidth : null}
            sticky={virtual}
          />
          {virtual ? <VirtualRows {...body} region={region} /> : <AllRows {...body} />}
        </table>
      </section>
      <HeldNote isHeld={isHeld} />
      {rows.length === 0 ? empty : null}
    </>
  );
}

function AllRows<Row>({ rows, rowId, columns, details, below, belowOnPhone, open, toggle }: BodyProps<Row>) {
  return rows.map((row, index) => {
    const id = rowId(row);
    const shown = { id, row, index, columns, details, below, belowOnPhone, toggle };
    return <TableRow key={id} {...shown} isOpen={open.has(id)} />;
  });
}

// Rows in this height are drawn before the region is measured, also on the server.
const firstHeight = 640;

function VirtualRows<Row>(props: BodyProps<Row> & { region: RefObject<HTMLDivElement | null> }) {
  const { rows, rowId, columns, details, below, belowOnPhone, open, toggle, region } = props;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => region.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowId(row);
    },
    initialRect: { width: 0, height: firstHeight },
    overscan: 8,
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      <Spacer height={before} />
      {items.map(({ index }) => {
        const row = rows[index];
        if (row === undefined) return null;
        const id = rowId(row);
        return (
          <TableRow
            key={id}
            {...{ id, row, index, columns, details, below, belowOnPhone, toggle }}
            isOpen={open.has(id)}
            measure={virtualizer.measureElement}
          />
        );
      })}
      <Spacer height={after} />
    </>
  );
}

function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden>
      <tr>
        <td className="p-0" style={{ height }} />
      </tr>
    </tbody>
  );
}
