"use client";

import { SortedTable } from "#components/ui/table/sorted-table.tsx";
import type { Column, SortState } from "#components/ui/table/table-model.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import type { Times } from "#lib/client/history/time-axis.ts";
import { endText, type OwnerSpan } from "#lib/client/owners/owner-words.ts";
import { ownerText } from "#lib/core/holding-owner.ts";
import { momentColumn, partitionColumn } from "./columns.tsx";
import { OwnerName } from "./owner-name.tsx";

const byPartition = [
  { column: "partition", descending: false },
  { column: "from", descending: false },
] as const satisfies SortState[];
const idOf = ({ partitionId, from, ownerId }: OwnerSpan) => `${partitionId} ${from} ${ownerId}`;

export function spanColumns(
  colors: ReadonlyMap<string, number>,
  now: number,
  times: Times,
): Column<OwnerSpan>[] {
  const seconds = ({ from, to }: OwnerSpan) =>
    Math.max(0, ((to === null ? now : Date.parse(to)) - Date.parse(from)) / 1000);
  return explained("spans", [
    { ...partitionColumn<OwnerSpan>(({ partitionId }) => partitionId), fixed: true },
    {
      id: "owner",
      label: "Owner",
      width: 220,
      grows: true,
      phoneWidth: 180,
      cell: ({ ownerId }) => <OwnerName ownerId={ownerId} color={colors.get(ownerId)} withCopy />,
      sortBy: ({ ownerId }) => ownerText(ownerId),
      csv: ({ ownerId }) => ownerText(ownerId),
    },
    momentColumn<OwnerSpan>("from", "From", ({ from }) => from, times),
    momentColumn<OwnerSpan>("to", "To", ({ to }) => to, times),
    {
      id: "held",
      label: "Held for",
      csvUnit: "seconds",
      width: 120,
      figure: true,
      cell: (span) => formatDuration(seconds(span)),
      sortBy: seconds,
      csv: seconds,
    },
    {
      id: "ended",
      label: "How it ended",
      width: 230,
      cell: ({ endedBy, to }) => <span className="block truncate text-muted">{endText(endedBy, to)}</span>,
      sortBy: ({ endedBy }) => endedBy,
      csv: ({ endedBy, to }) => endText(endedBy, to),
    },
  ]);
}

export function SpanTable(props: { spans: readonly OwnerSpan[]; columns: readonly Column<OwnerSpan>[] }) {
  return (
    <SortedTable
      label="Owners over time"
      columns={props.columns}
      rows={props.spans}
      rowId={idOf}
      order={byPartition}
    />
  );
}
