"use client";

import { History } from "lucide-react";
import { useMemo } from "react";
import { Message } from "#components/ui/message.tsx";
import { SortedTable } from "#components/ui/table/sorted-table.tsx";
import type { Column, SortState } from "#components/ui/table/table-model.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/column-explanations.ts";
import type { Times } from "#lib/client/history/time-axis.ts";
import { changePieces, type OwnerChange } from "#lib/client/owners/owner-words.ts";
import { momentColumn, partitionColumn } from "./columns.tsx";
import { OwnerName } from "./owner-name.tsx";

const newestFirst = [
  { column: "at", descending: true },
  { column: "partition", descending: false },
] as const satisfies SortState[];

/** The columns of a list of changes. */
export function changeColumns(colors: ReadonlyMap<string, number>, times: Times): Column<OwnerChange>[] {
  return explained("changes", [
    { ...momentColumn<OwnerChange>("at", "When", ({ at }) => at, times), fixed: true },
    partitionColumn<OwnerChange>(({ partitionId }) => partitionId),
    {
      id: "change",
      label: "Change",
      width: 460,
      phoneWidth: 380,
      cell: (change) => (
        <span className="flex min-w-0 items-center gap-1.5">
          {changePieces(change).map((piece) =>
            "text" in piece ? (
              <span key={piece.text} className="shrink-0">
                {piece.text}
              </span>
            ) : (
              <OwnerName key={piece.ownerId} ownerId={piece.ownerId} color={colors.get(piece.ownerId)} />
            ),
          )}
        </span>
      ),
      sortBy: ({ kind }) => kind,
      csv: (change) =>
        changePieces(change)
          .map((piece) => ("text" in piece ? piece.text : showText(piece.ownerId)))
          .join(" "),
    },
    {
      id: "certainty",
      label: "How exact",
      width: 260,
      phoneWidth: 220,
      cell: (change) => <span className="block truncate text-muted">{certainty(change)}</span>,
      sortBy: ({ uncertaintySeconds }) => uncertaintySeconds,
      csv: certainty,
    },
  ]);
}

function certainty({ uncertaintySeconds, unobserved }: OwnerChange): string {
  const earlier =
    uncertaintySeconds >= 1 ? `up to ${formatDuration(uncertaintySeconds)} earlier` : "to the second";
  return unobserved ? `${earlier}, not watched` : earlier;
}

/** The changes of a range, the newest first. */
export function ChangeTable({
  changes,
  columns,
}: {
  changes: readonly OwnerChange[];
  columns: readonly Column<OwnerChange>[];
}) {
  // One partition may change twice in a second: the place in the list tells the two apart.
  const ids = useMemo(
    () => new Map(changes.map((change, i) => [change, `${change.at} ${change.partitionId} ${i}`])),
    [changes],
  );
  const rowId = useMemo(() => (change: OwnerChange) => ids.get(change) ?? change.at, [ids]);
  return (
    <SortedTable
      label="Changes of owners"
      columns={columns}
      rows={changes}
      rowId={rowId}
      order={newestFirst}
      empty={
        <Message
          kind="noMatch"
          icon={<History className="size-6" />}
          title="No partition changed hands in this range"
        />
      }
    />
  );
}
