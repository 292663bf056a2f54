import type { PlainColumn } from "#components/ui/table/table-model.ts";
import type { Times } from "#lib/client/history/time-axis.ts";

/**
 * Sorts rows, given oldest first, by their time, which is whole seconds: what happened to one thing twice in
 * the same second stays in its order.
 */
export function byTimeAndOrder<Row>(
  rows: readonly Row[],
  at: (row: Row) => string | null,
  thing: (row: Row) => string,
): (row: Row) => number | null {
  const times = new Map<Row, number>();
  const latest = new Map<string, number>();
  for (const row of rows) {
    const moment = at(row);
    if (moment === null) continue;
    const before = latest.get(thing(row)) ?? Number.NEGATIVE_INFINITY;
    const time = Math.max(Date.parse(moment), before + 1);
    times.set(row, time);
    latest.set(thing(row), time);
  }
  return (row) => times.get(row) ?? null;
}

/** Tells rows apart that `name` names alike, such as two of one partition in the same second, by their order. */
export function ownIds<Row>(rows: readonly Row[], name: (row: Row) => string): (row: Row) => string {
  const ids = new Map<Row, string>();
  const counts = new Map<string, number>();
  for (const row of rows) {
    const count = (counts.get(name(row)) ?? 0) + 1;
    counts.set(name(row), count);
    ids.set(row, count === 1 ? name(row) : `${name(row)} ${count}`);
  }
  return (row) => ids.get(row) ?? name(row);
}

/** Null reads `now`. */
export function momentColumn<Row>(
  id: string,
  label: string,
  at: (row: Row) => string | null,
  times: Times,
): PlainColumn<Row> {
  return {
    id,
    label: `${label} (${times.zone})`,
    csvLabel: label,
    width: 192,
    phoneWidth: 130,
    descendingFirst: true,
    cell: (row) => {
      const moment = at(row);
      if (moment === null) return <span className="text-muted">now</span>;
      const text = times.stamp(Date.parse(moment));
      const yearLength = "2026-".length;
      return (
        <time dateTime={moment} data-at={moment} className="figures whitespace-nowrap">
          <span className="max-sm:hidden">{text.slice(0, yearLength)}</span>
          {text.slice(yearLength)}
        </time>
      );
    },
    sortBy: (row) => {
      const moment = at(row);
      return moment === null ? null : Date.parse(moment);
    },
    csvTime: at,
  };
}

export function partitionColumn<Row>(partitionId: (row: Row) => string): PlainColumn<Row> {
  return {
    id: "partition",
    label: "Partition",
    width: 100,
    phoneWidth: 80,
    cell: (row) => <span className="font-mono">{partitionId(row)}</span>,
    sortBy: partitionId,
    csv: partitionId,
  };
}
