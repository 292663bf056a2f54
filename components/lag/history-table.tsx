"use client";

import { useState } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { type Column, type SortState, useSortedRows } from "#components/ui/table-model.ts";
import { formatCount, formatDuration, formatRate } from "#lib/client/format.ts";
import type { HistoryRow } from "./history-rows.ts";
import { Quiet } from "./quiet.tsx";

const isoOf = (row: HistoryRow) => new Date(row.at).toISOString();
const idOf = (row: HistoryRow) => String(row.at);
const newestFirst = [{ column: "at", descending: true }];

type FigureKey = "lag" | "lagMax" | "lagSeconds" | "eventsIn" | "eventsOut";

function figure(
  key: FigureKey,
  label: string,
  csvLabel: string,
  format: (value: number | null) => string,
): Column<HistoryRow> {
  return {
    id: key,
    label,
    csvLabel,
    width: 130,
    phoneWidth: 110,
    figure: true,
    cell: (row) => (
      <Quiet known={row[key] !== null} text={row[key] === null ? "not known" : format(row[key])} />
    ),
    sortBy: (row) => row[key],
    csv: (row) => row[key],
  };
}

/** A step of a history, with what the charts leave out. */
export const historyColumns: readonly Column<HistoryRow>[] = [
  {
    id: "at",
    label: "From (UTC)",
    csvLabel: "From",
    width: 190,
    phoneWidth: 170,
    fixed: true,
    descendingFirst: true,
    cell: (row) => (
      <time dateTime={isoOf(row)} data-at={isoOf(row)} className="figures">
        {isoOf(row).slice(0, 19).replace("T", " ")}
      </time>
    ),
    sortBy: (row) => row.at,
    csv: isoOf,
  },
  figure("lag", "Events behind", "Events behind", formatCount),
  figure("lagMax", "Highest", "Highest in the step", formatCount),
  figure("lagSeconds", "Time behind", "Seconds behind", formatDuration),
  figure("eventsIn", "In", "In per second", formatRate),
  figure("eventsOut", "Out", "Out per second", formatRate),
  {
    id: "changes",
    label: "Owners",
    width: 260,
    cell: ({ changes }) => (
      <span
        className="block truncate text-muted"
        {...(changes.length ? { "data-tip": changes.join("\n") } : {})}
      >
        {changes.length === 0 ? "" : changes.length === 1 ? changes[0] : `${changes.length} changes`}
      </span>
    ),
    csv: ({ changes }) => changes.join("; "),
  },
];

/** The charts' rows as they are, the newest first. */
export function HistoryTable({ rows }: { rows: readonly HistoryRow[] }) {
  const [sort, setSort] = useState<SortState | null>(null);
  const sorted = useSortedRows({ columns: historyColumns, rows, rowId: idOf, sort, fallback: newestFirst });
  return (
    <DataTable
      label="Lag over time"
      columns={historyColumns}
      rows={sorted}
      rowId={idOf}
      sort={sort ?? { column: "at", descending: true }}
      onSort={setSort}
    />
  );
}
