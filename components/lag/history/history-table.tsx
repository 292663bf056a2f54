"use client";

import { useMemo } from "react";
import { Quiet } from "#components/lag/overview/quiet.tsx";
import { SortedTable } from "#components/ui/table/sorted-table.tsx";
import type { Column, SortState } from "#components/ui/table/table-model.ts";
import { formatBehind, formatCount, formatDuration, formatRate } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import type { Times } from "#lib/client/history/time-axis.ts";
import type { HistoryRow } from "./history-rows.ts";

const isoOf = (row: HistoryRow) => new Date(row.at).toISOString();
const idOf = (row: HistoryRow) => String(row.at);
const newestFirst = [{ column: "at", descending: true }] as const satisfies SortState[];

function figure(
  id: string,
  label: string,
  csvLabel: string,
  format: (value: number | null) => string,
  value: (row: HistoryRow) => number | null,
): Column<HistoryRow> {
  return {
    id,
    label,
    csvLabel,
    width: 130,
    phoneWidth: 110,
    figure: true,
    cell: (row) => {
      const known = value(row);
      return <Quiet known={known !== null} text={known === null ? "not known" : format(known)} />;
    },
    sortBy: value,
    csv: value,
  };
}

function texts(
  id: string,
  label: string,
  many: string,
  value: (row: HistoryRow) => readonly string[],
): Column<HistoryRow> {
  return {
    id,
    label,
    width: 260,
    cell: (row) => {
      const all = value(row);
      return (
        <span className="block truncate text-muted" {...(all.length ? { "data-tip": all.join("\n") } : {})}>
          {all.length > 1 ? `${all.length} ${many}` : all[0]}
        </span>
      );
    },
    csv: (row) => value(row).join("; "),
  };
}

const atColumn = (times: Times): Column<HistoryRow> => ({
  id: "at",
  label: `From (${times.zone})`,
  csvLabel: "From",
  width: 190,
  phoneWidth: 170,
  fixed: true,
  descendingFirst: true,
  cell: (row) => (
    <time dateTime={isoOf(row)} data-at={isoOf(row)} className="figures">
      {times.stamp(row.at)}
    </time>
  ),
  sortBy: (row) => row.at,
  csvTime: isoOf,
});

const atMost: Column<HistoryRow> = {
  ...figure("atMost", "At most", "Lag at most", formatCount, (row) => row.atMost),
  hint: "Counts every event of partitions without a checkpoint.",
  cell: ({ atMost: bound }) => (
    <Quiet known={bound !== null} text={bound === null ? "" : `≤ ${formatCount(bound)}`} />
  ),
};

export function historyColumns(
  rows: readonly HistoryRow[],
  lines: readonly string[],
  times: Times,
): readonly Column<HistoryRow>[] {
  const some = (column: Column<HistoryRow>, isNeeded: (row: HistoryRow) => boolean) =>
    rows.some(isNeeded) ? [column] : [];
  return [
    atColumn(times),
    {
      ...figure("lag", "Lag", "Lag", formatCount, (row) => row.lag),
      csvAlso: {
        lagIsUpperBound: ({ atMost: bound }) => bound !== null,
        partitionsUnknown: ({ notCounted }) => notCounted,
      },
    },
    ...some(atMost, (row) => row.atMost !== null),
    figure("lagMax", "Highest", "Highest in the step", formatCount, (row) => row.lagMax),
    ...some(
      {
        ...figure(
          "notCounted",
          "Not counted",
          "Partitions not counted",
          formatCount,
          (row) => row.notCounted,
        ),
        hint: "Partitions with unknown lag, left out of the sum.",
      },
      ({ notCounted }) => (notCounted ?? 0) > 0,
    ),
    ...lines.map((id, index) =>
      figure(
        // Column ids have letters only.
        `line${"abcdefghijklmnop"[index] ?? ""}`,
        `Partition ${id}`,
        `Lag of partition ${id}`,
        formatCount,
        (row) => row.lines[index] ?? null,
      ),
    ),
    {
      ...figure("lagSeconds", "Time lag", "Time lag in seconds", formatDuration, (row) => row.lagSeconds),
      cell: ({ lagSeconds, lagSecondsIsLowerBound }) => (
        <Quiet
          known={lagSeconds !== null}
          text={lagSeconds === null ? "not known" : formatBehind(lagSeconds, lagSecondsIsLowerBound)}
        />
      ),
      csvAlso: { lagSecondsIsLowerBound: (row) => row.lagSecondsIsLowerBound },
    },
    figure("eventsIn", "In", "In per second", formatRate, (row) => row.eventsIn),
    figure("eventsOut", "Out", "Out per second", formatRate, (row) => row.eventsOut),
    ...some(
      texts("resets", "Resets", "resets", (row) => row.resets),
      (row) => row.resets.length > 0,
    ),
    texts("changes", "Owners", "changes", (row) => row.changes),
  ];
}

export function HistoryTable({ rows, lines }: { rows: readonly HistoryRow[]; lines: readonly string[] }) {
  const times = useTimes();
  const columns = useMemo(() => historyColumns(rows, lines, times), [rows, lines, times]);
  return <SortedTable label="Lag over time" columns={columns} rows={rows} rowId={idOf} order={newestFirst} />;
}
