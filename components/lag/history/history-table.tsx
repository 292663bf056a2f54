"use client";

import { useMemo } from "react";
import { Quiet } from "#components/lag/overview/quiet.tsx";
import { SortedTable } from "#components/ui/table/sorted-table.tsx";
import type { Column, PlainColumn, SortState } from "#components/ui/table/table-model.ts";
import { formatBehind, formatCount, formatDuration, formatRate } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import type { Times } from "#lib/client/history/time-axis.ts";
import type { HistoryRow } from "./history-rows.ts";

const isoOf = (row: HistoryRow) => new Date(row.at).toISOString();
const idOf = (row: HistoryRow) => String(row.at);
const newestFirst = [{ column: "at", descending: true }] as const satisfies SortState[];

function figure(
  id: string,
  label: string,
  csvUnit: string | null,
  format: (value: number | null) => string,
  value: (row: HistoryRow) => number | null,
): PlainColumn<HistoryRow> {
  return {
    id,
    label,
    ...(csvUnit !== null && { csvUnit }),
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
): PlainColumn<HistoryRow> {
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

const atColumn = (times: Times): PlainColumn<HistoryRow> => ({
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

const atMost: PlainColumn<HistoryRow> = {
  ...figure("atMost", "At most", null, formatCount, (row) => row.atMost),
  csvLabel: "Lag at most",
  cell: ({ atMost: bound }) => (
    <Quiet known={bound !== null} text={bound === null ? "" : `≤ ${formatCount(bound)}`} />
  ),
};

export function historyColumns(
  rows: readonly HistoryRow[],
  lines: readonly string[],
  times: Times,
): readonly Column<HistoryRow>[] {
  const some = (column: PlainColumn<HistoryRow>, isNeeded: (row: HistoryRow) => boolean) =>
    rows.some(isNeeded) ? [column] : [];
  const columns = [
    atColumn(times),
    {
      ...figure("lag", "Lag", null, formatCount, (row) => row.lag),
      csvAlso: [
        { label: "Lag is an upper bound", csv: ({ atMost: bound }: HistoryRow) => bound !== null },
        { label: "Partitions with unknown lag", csv: ({ notCounted }: HistoryRow) => notCounted },
      ],
    },
    ...some(atMost, (row) => row.atMost !== null),
    { ...figure("lagMax", "Highest", null, formatCount, (row) => row.lagMax), csvLabel: "Highest lag" },
    ...some(
      {
        ...figure("notCounted", "Not counted", null, formatCount, (row) => row.notCounted),
        csvLabel: "Partitions not counted",
      },
      ({ notCounted }) => (notCounted ?? 0) > 0,
    ),
    ...lines.map((id, index) => ({
      // Column ids have letters only.
      ...figure(
        `line${"abcdefghijklmnop"[index] ?? ""}`,
        `Partition ${id}`,
        null,
        formatCount,
        (row) => row.lines[index] ?? null,
      ),
      csvLabel: `Lag of partition ${id}`,
    })),
    {
      ...figure("lagSeconds", "Time lag", "seconds", formatDuration, (row) => row.lagSeconds),
      cell: ({ lagSeconds, lagSecondsIsLowerBound }: HistoryRow) => (
        <Quiet
          known={lagSeconds !== null}
          text={lagSeconds === null ? "not known" : formatBehind(lagSeconds, lagSecondsIsLowerBound)}
        />
      ),
      csvAlso: [{ label: "Time lag is a lower bound", csv: (row: HistoryRow) => row.lagSecondsIsLowerBound }],
    },
    figure("eventsIn", "In", "per second", formatRate, (row) => row.eventsIn),
    figure("eventsOut", "Out", "per second", formatRate, (row) => row.eventsOut),
    ...some(
      texts("resets", "Resets", "resets", (row) => row.resets),
      (row) => row.resets.length > 0,
    ),
    texts("changes", "Owners", "changes", (row) => row.changes),
  ];
  return explained("history", columns, (id) => (id.startsWith("line") ? "line" : id));
}

export function HistoryTable({ rows, lines }: { rows: readonly HistoryRow[]; lines: readonly string[] }) {
  const times = useTimes();
  const columns = useMemo(() => historyColumns(rows, lines, times), [rows, lines, times]);
  return <SortedTable label="Lag over time" columns={columns} rows={rows} rowId={idOf} order={newestFirst} />;
}
