"use client";

import { clsx } from "clsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { explainedProps } from "../explained.tsx";
import { columnWidth, hiddenOnPhone, widthClass } from "./column-width.ts";
import { type Column, nextSort, type SortState } from "./table-model.ts";

interface Props<Row> {
  columns: readonly Column<Row>[];
  sort: SortState | null;
  onSort: (sort: SortState | null) => void;
  toggleWidth: number | null;
  sticky: boolean;
}

const cell =
  "h-9 border-b border-line bg-surface px-2.5 font-normal text-note text-muted first:pl-4 last:pr-4";

export function TableHead<Row>({ columns, sort, onSort, toggleWidth, sticky }: Props<Row>) {
  return (
    <thead className={clsx(sticky && "sticky top-0 z-10")}>
      <tr aria-rowindex={1}>
        {toggleWidth === null ? null : (
          <th scope="col" className={cell} style={{ width: toggleWidth }}>
            <span className="sr-only">Details</span>
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} {...{ column, sort, onSort }} />
        ))}
      </tr>
    </thead>
  );
}

function HeadCell<Row>({
  column,
  sort,
  onSort,
}: Pick<Props<Row>, "sort" | "onSort"> & { column: Column<Row> }) {
  const { id, label, figure, about, sortBy } = column;
  const sorted = sort?.column === id ? (sort.descending ? "descending" : "ascending") : "none";
  const arrow = sorted === "descending" ? "arrow-down" : "arrow-up";
  const tip = explainedProps(about);
  return (
    <th
      scope="col"
      {...(sortBy ? { "aria-sort": sorted } : {})}
      className={clsx(cell, widthClass, hiddenOnPhone(column), figure ? "text-right" : "text-left")}
      style={columnWidth(column)}
    >
      {sortBy === undefined ? (
        <span {...tip} className="inline-flex min-h-6 max-w-full items-center leading-tight">
          {label}
        </span>
      ) : (
        <button
          type="button"
          {...tip}
          onClick={() => onSort(nextSort(column, sort))}
          className={clsx(
            "-mx-1 inline-flex min-h-6 max-w-full items-center gap-1 rounded px-1 hover:text-ink",
            figure ? "flex-row-reverse text-right" : "text-left",
            sorted !== "none" && "font-medium text-ink",
          )}
        >
          {/* Two lines where the width asks for them: a phone, or a zone with a long name. */}
          <span className="overflow-hidden text-ellipsis leading-tight">{label}</span>
          {sorted === "none" ? null : <Icon name={arrow} className="size-3 shrink-0" />}
        </button>
      )}
    </th>
  );
}
