import type { Column } from "#components/ui/table/table-model.ts";

/** A moment in UTC, its other forms a hover away; null reads as `now`. */
export function momentColumn<Row>(id: string, label: string, at: (row: Row) => string | null): Column<Row> {
  return {
    id,
    label,
    width: 180,
    phoneWidth: 130,
    descendingFirst: true,
    cell: (row) => {
      const moment = at(row);
      return moment === null ? (
        <span className="text-muted">now</span>
      ) : (
        <time dateTime={moment} data-at={moment} className="figures whitespace-nowrap">
          <span className="max-sm:hidden">{moment.slice(0, 5)}</span>
          {moment.slice(5, 19).replace("T", " ")}
        </time>
      );
    },
    sortBy: (row) => {
      const moment = at(row);
      return moment === null ? null : Date.parse(moment);
    },
    csv: at,
  };
}

export function partitionColumn<Row>(partitionId: (row: Row) => string): Column<Row> {
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
