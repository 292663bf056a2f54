"use client";

import type { ReactNode } from "react";
import { planColumns } from "#components/resets/review/plan-columns.tsx";
import type { Column } from "#components/ui/table/table-model.ts";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { formatCount } from "#lib/client/format/format.ts";

type Entry = ResetPlanEntry;

export function moveColumns(ownerName: (ownerId: string) => ReactNode): Column<Entry>[] {
  const shared = new Map(
    planColumns({ isUndo: false, isMove: true, isBlobs: false, ownerName }).map((one) => [one.id, one]),
  );
  const take = (id: string) => [shared.get(id) ?? []].flat();
  const narrow = (id: string, width: number) => take(id).map((one) => ({ ...one, width }));
  return [
    take("partition"),
    { ...sourceColumn, cell: (entry: Entry) => <Source entry={entry} /> },
    ownerColumn("source", "Source owner", ownerName),
    take("now").map((one) => ({ ...one, label: "Target now" })),
    take("then").map((one) => ({ ...one, label: "Target then" })),
    ownerColumn("target", "Target owner", ownerName),
    narrow("resumes", 150),
    take("again"),
    take("way"),
  ].flat();
}

const sourceColumn: Omit<Column<Entry>, "cell"> = {
  id: "source",
  label: "Source",
  width: 160,
  phoneWidth: 0,
  figure: true,
  hint: "The sequence number last processed in the group that is moved from, and its layout.",
  sortBy: ({ source }) => source?.sequenceNumber ?? null,
  csv: ({ source }) => source?.sequenceNumber ?? null,
};

function Source({ entry: { source } }: { entry: Entry }) {
  if (source == null) return <span className="text-faint">none</span>;
  return (
    <span data-tip={source.blobName}>
      {formatCount(source.sequenceNumber)} <span className="text-muted">{source.format}</span>
    </span>
  );
}

function ownerColumn(
  side: "source" | "target",
  label: string,
  ownerName: (ownerId: string) => ReactNode,
): Column<Entry> {
  const ownerOf = ({ owners }: Entry) => owners?.[side] ?? null;
  return {
    id: `${side}Owner`,
    label,
    width: 116,
    phoneWidth: 0,
    hint: `Who owns the partition at the ${side} now. Both sides have to be stopped.`,
    cell: (entry) => {
      const owner = ownerOf(entry);
      return owner === null ? <span className="text-faint">nobody</span> : ownerName(owner);
    },
    sortBy: ownerOf,
    csv: ownerOf,
  };
}
