"use client";

import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { memo, type ReactNode } from "react";
import { hiddenOnPhone } from "./column-width.ts";
import type { Column } from "./table-model.ts";

interface Props<Row> {
  id: string;
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  details: ((row: Row) => ReactNode) | undefined;
  isOpen: boolean;
  toggle: (id: string) => void;
  measure?: (element: HTMLElement | null) => void;
}

const cellClass = "h-[38px] overflow-hidden border-b border-line px-2.5 first:pl-4 last:pr-4";

// A row and what it unfolds to are one row group: one thing to measure, and the details stay with their row.
function Row<R>({ id, row, index, columns, details, isOpen, toggle, measure }: Props<R>) {
  const detailsId = `details-${id}`;
  return (
    <tbody
      ref={measure}
      data-index={index}
      className="group/row last:[&_td]:border-b-0 last:[&_th]:border-b-0"
    >
      <tr aria-rowindex={index + 2} className="group-hover/row:bg-raised/60">
        {details === undefined ? null : (
          <td className={clsx(cellClass, "pr-0")}>
            <button
              type="button"
              aria-expanded={isOpen}
              aria-controls={isOpen ? detailsId : undefined}
              aria-label={`Details of ${id}`}
              onClick={() => toggle(id)}
              className="flex size-6 items-center justify-center rounded text-faint hover:bg-raised hover:text-ink"
            >
              <ChevronRight
                aria-hidden
                className={clsx("size-4 transition-transform", isOpen && "rotate-90")}
              />
            </button>
          </td>
        )}
        {columns.map((column) => {
          const { id: columnId, cell, figure, fixed } = column;
          const className = clsx(cellClass, hiddenOnPhone(column), figure && "figures text-right");
          return fixed ? (
            <th key={columnId} scope="row" className={clsx(className, !figure && "text-left", "font-normal")}>
              {cell(row)}
            </th>
          ) : (
            <td key={columnId} className={className}>
              {cell(row)}
            </td>
          );
        })}
      </tr>
      {details !== undefined && isOpen ? (
        <tr id={detailsId}>
          <td colSpan={columns.length + 1} className="border-b border-line bg-raised/50 px-4 py-3">
            {/* As wide as what is in sight of the table, and there however far that is scrolled. */}
            <div className="sticky left-4 w-[calc(100cqw-2rem)]">{details(row)}</div>
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

export const TableRow = memo(Row) as typeof Row;
