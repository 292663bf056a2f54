"use client";

import { useMemo } from "react";
import { SortedTable } from "#components/ui/table/sorted-table.tsx";
import type { Column, SortState } from "#components/ui/table/table-model.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import type { Times } from "#lib/client/history/time-axis.ts";
import { endText, type OwnerSpan } from "#lib/client/owners/owner-words.ts";
import { ownerText } from "#lib/core/holding-owner.ts";
import { byTimeAndOrder, momentColumn, ownIds, partitionColumn } from "./columns.tsx";
import { OwnerName } from "./owner-name.tsx";

const byPartition = [
  { column: "partition", descending: false },
  { column: "from", descending: false },
] as const satisfies SortState[];
const nameOf = ({ partitionId, from, ownerId }: OwnerSpan) => `${partitionId} ${from} ${ownerId}`;

export function spanColumns(
  colors: ReadonlyMap<string, number>,
  spans: readonly OwnerSpan[],
  now: number,
  times: Times,
): Column<OwnerSpan>[] {
  const seconds = ({ from, to }: OwnerSpan) =>
    Math.max(0, ((to === null ? now : Date.parse(to)) - Date.parse(from)) / 1000);
  const next = nextOwners(spans);
  const moment = (id: string, label: string, at: (span: OwnerSpan) => string | null) => ({
    ...momentColumn<OwnerSpan>(id, label, at, times),
    sortBy: byTimeAndOrder(spans, at, ({ partitionId }) => partitionId),
  });
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
    moment("from", "From", ({ from }) => from),
    moment("to", "To", ({ to }) => to),
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
      cell: (span) => (
        <span className="block truncate text-muted">
          {endText(span.endedBy, span.to, span.ownerId, next.get(span))}
        </span>
      ),
      sortBy: ({ endedBy }) => endedBy,
      csv: ({ endedBy, to }) => endText(endedBy, to),
    },
  ]);
}

function nextOwners(spans: readonly OwnerSpan[]): Map<OwnerSpan, string> {
  const next = new Map<OwnerSpan, string>();
  for (const own of Map.groupBy(spans, ({ partitionId }) => partitionId).values()) {
    const sorted = own.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
    for (const [index, span] of sorted.slice(1).entries()) {
      const before = sorted[index];
      if (before !== undefined) next.set(before, span.ownerId);
    }
  }
  return next;
}

export function SpanTable(props: { spans: readonly OwnerSpan[]; columns: readonly Column<OwnerSpan>[] }) {
  const { spans } = props;
  const rowId = useMemo(() => ownIds(spans, nameOf), [spans]);
  return (
    <SortedTable
      label="Owners over time"
      columns={props.columns}
      rows={spans}
      rowId={rowId}
      order={byPartition}
    />
  );
}
