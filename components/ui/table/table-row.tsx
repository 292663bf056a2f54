"use client";

import { clsx } from "clsx";
import { memo, type ReactNode } from "react";
import { Icon } from "#components/ui/icons/icon.tsx";
import { hiddenOnPhone } from "./column-width.ts";
import type { Column } from "./table-model.ts";

interface Props<Row> {
  id: string;
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  details: ((row: Row) => ReactNode) | undefined;
  below: ((row: Row) => ReactNode) | undefined;
  belowOnPhone: ((row: Row) => ReactNode) | undefined;
  isOpen: boolean;
  toggle: (id: string) => void;
  measure?: (element: HTMLElement | null) => void;
}

const cellClass = "h-[38px] overflow-hidden border-line px-2.5 first:pl-4 last:pr-4";

// A row group holds a row and its details, so that they are measured and stay together.
function Row<R>(props: Props<R>) {
  const { id, row, index, columns, details, below, belowOnPhone, isOpen, toggle, measure } = props;
  const detailsId = `details-${id}`;
  const line = below?.(row) ?? null;
  const phoneLine = belowOnPhone?.(row) ?? null;
  const edge =
    line === null && phoneLine === null
      ? "border-b"
      : clsx(line === null && "sm:border-b", phoneLine === null && "max-sm:border-b");
  const onPhone = columns.filter((column) => !hiddenOnPhone(column)).length;
  const isIndented = details !== undefined;
  const toggles = isIndented ? 1 : 0;
  return (
    <tbody
      ref={measure}
      data-index={index}
      className="group/row last:[&_td]:border-b-0 last:[&_th]:border-b-0"
    >
      <tr aria-rowindex={index + 2} className="group-hover/row:bg-raised/60">
        {details === undefined ? null : (
          <td className={clsx(cellClass, edge, "pr-0")}>
            <button
              type="button"
              aria-expanded={isOpen}
              aria-controls={isOpen ? detailsId : undefined}
              aria-label={`Details of ${id}`}
              onClick={() => toggle(id)}
              className="flex size-6 items-center justify-center rounded text-faint hover:bg-raised hover:text-ink"
            >
              <Icon
                name="chevron-right"
                className={clsx("size-4 transition-transform", isOpen && "rotate-90")}
              />
            </button>
          </td>
        )}
        {columns.map((column) => {
          const { id: columnId, cell, figure, fixed } = column;
          const className = clsx(cellClass, edge, hiddenOnPhone(column), figure && "figures text-right");
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
      {line === null ? null : (
        <LineBelow className="max-sm:hidden" columns={columns.length + toggles} isIndented={isIndented}>
          {line}
        </LineBelow>
      )}
      {phoneLine === null ? null : (
        <LineBelow className="sm:hidden" columns={onPhone + toggles} isIndented={isIndented}>
          {phoneLine}
        </LineBelow>
      )}
      {details !== undefined && isOpen ? (
        <tr id={detailsId}>
          <td colSpan={onPhone + 1} className="border-b border-line bg-raised/50 px-4 py-3">
            {/* As wide as the visible part of the table, wherever it is scrolled. */}
            <div className="sticky left-4 w-[calc(100cqw-2rem)]">{details(row)}</div>
          </td>
          {/* A cell that spans columns hidden on a phone would add them there, and take the others' width. */}
          {columns.length === onPhone ? null : (
            <td
              colSpan={columns.length - onPhone}
              className="border-b border-line bg-raised/50 max-sm:hidden"
            />
          )}
        </tr>
      ) : null}
    </tbody>
  );
}

// Two lines: a cell that spans columns hidden on a phone would widen the table there.
function LineBelow(props: { className: string; columns: number; isIndented: boolean; children: ReactNode }) {
  const { className, columns, isIndented, children } = props;
  return (
    <tr className={clsx(className, "group-hover/row:bg-raised/60")}>
      <td colSpan={columns} className="border-b border-line px-4 pb-2">
        <div className={clsx("sticky left-4 w-[calc(100cqw-2rem)]", isIndented && "pl-7.5")}>{children}</div>
      </td>
    </tr>
  );
}

export const TableRow = memo(Row) as typeof Row;
