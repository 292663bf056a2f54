"use client";

import type { ReactNode } from "react";
import { explanationName, planColumns } from "#components/resets/review/plan-columns.tsx";
import type { Column, PlainColumn } from "#components/ui/table/table-model.ts";
import { MiddleCut } from "#components/ui/text/middle-cut.tsx";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import { folderOf, spellingsOf } from "#lib/client/moves/target-spellings.ts";
import { ownerText } from "#lib/core/holding-owner.ts";

type Entry = ResetPlanEntry;

/** Names the target's blobs in the table only where the move writes more than one spelling. */
export function moveColumns(
  entries: readonly Entry[],
  ownerName: (ownerId: string) => ReactNode,
  zone: string,
): Column<Entry>[] {
  const spellings = spellingsOf(entries);
  const shared = new Map(
    planColumns({ isUndo: false, isBlobs: false, ownerName, zone }).map((one) => [one.id, one]),
  );
  const take = (id: string) => [shared.get(id) ?? []].flat();
  const narrow = (id: string, width: number) => take(id).map((one) => ({ ...one, width }));
  const columns = [
    take("partition"),
    { ...sourceColumn, cell: (entry: Entry) => <Source entry={entry} /> },
    ownerColumn("source", "Source owner", ownerName),
    spellings.size > 1 ? spellingColumn(spellings) : [],
    narrow("now", 112).map((one) => ({
      ...one,
      label: "Target now",
      csvAlso: [{ label: "Target blob", csv: ({ targetBlobName }: Entry) => targetBlobName ?? null }],
    })),
    narrow("then", 124).map((one) => ({ ...one, label: "Target then" })),
    ownerColumn("target", "Target owner", ownerName),
    narrow("resumes", 168),
    take("again"),
    // The names take what the table has to spare at 1440 px.
    spellings.size > 1 ? narrow("way", 160) : take("way"),
  ].flat();
  return explained("move", columns, explanationName);
}

const sourceColumn: Omit<PlainColumn<Entry>, "cell"> = {
  id: "source",
  label: "Source",
  width: 160,
  phoneWidth: 0,
  figure: true,
  sortBy: ({ source }) => source?.sequenceNumber ?? null,
  csv: ({ source }) => source?.sequenceNumber ?? null,
  csvAlso: [
    { label: "Source layout", csv: ({ source }) => source?.format ?? null },
    { label: "Source blob", csv: ({ source }) => source?.blobName ?? null },
  ],
};

function spellingColumn(spellings: ReadonlyMap<string, string>): PlainColumn<Entry> {
  const spellingIn = ({ targetBlobName = "" }: Entry) => spellings.get(folderOf(targetBlobName)) ?? null;
  return {
    id: "spelling",
    label: "Target spelling",
    width: 136,
    phoneWidth: 0,
    cell: (entry) => <Spelling name={spellingIn(entry)} blobName={entry.targetBlobName} />,
    sortBy: spellingIn,
  };
}

function Spelling({ name, blobName }: { name: string | null; blobName: string | undefined }) {
  if (name === null) return <span className="text-faint">—</span>;
  return (
    <span className="foreign flex min-w-0 font-mono text-note" data-tip={showText(blobName ?? "")}>
      <MiddleCut text={showText(name)} />
    </span>
  );
}

function Source({ entry: { source } }: { entry: Entry }) {
  if (source == null) return <span className="text-faint">none</span>;
  return (
    <span data-tip={source.blobName}>
      {formatCount(source.sequenceNumber)} <span className="text-muted">{source.format}</span>
    </span>
  );
}

const textOf = (ownerId: string | null) => (ownerId === null ? null : ownerText(ownerId));

function ownerColumn(
  side: "source" | "target",
  label: string,
  ownerName: (ownerId: string) => ReactNode,
): PlainColumn<Entry> {
  const ownerOf = ({ owners }: Entry) => owners?.[side] ?? null;
  return {
    id: `${side}Owner`,
    label,
    width: 116,
    phoneWidth: 0,
    cell: (entry) => {
      const owner = ownerOf(entry);
      return owner === null ? <span className="text-faint">nobody</span> : ownerName(owner);
    },
    sortBy: (entry) => textOf(ownerOf(entry)),
    csv: (entry) => textOf(ownerOf(entry)),
  };
}
