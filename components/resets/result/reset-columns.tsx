"use client";

import type { ReactNode } from "react";
import { blobColumn, partitionColumn } from "#components/resets/partition-column.tsx";
import type { Column, CsvField, PlainColumn } from "#components/ui/table/table-model.ts";
import { isNotResumed } from "#lib/api/reasons/resets/not-resumed.ts";
import type { ResetResult } from "#lib/api/resets.ts";
import { formatCount, unknownMark } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import { isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { type EntryLine, entryWords, isAsPlanned, standsAlready } from "#lib/client/resets/reset-words.ts";
import { liveColumns } from "./live-columns.tsx";
import { ResultChip } from "./result-chip.tsx";

/** Failures first, then what is under way. */
const gravity: Record<ResetResult, number> = {
  overwritten: 6,
  failed: 5,
  unknown: 4,
  conflict: 3,
  pending: 2,
  skipped: 1,
  written: 0,
};

export function isOdd(entry: EntryLine): boolean {
  return gravityOf(entry) > gravity.pending;
}

function gravityOf(entry: EntryLine): number {
  return isNotResumed(entry) ? gravity.conflict : gravity[entry.result];
}

interface Options {
  isLive: boolean;
  isRunning?: boolean;
  isBlobs?: boolean;
  /** How many events are read again or skipped; what is stored in the activity has none of it. */
  counts?: "again" | "new" | null;
  ownerName: (ownerId: string) => ReactNode;
}

export function resetColumns({
  isLive,
  isRunning = false,
  isBlobs = false,
  counts = null,
  ownerName,
}: Options): Column<EntryLine>[] {
  return explained("results", [
    isBlobs ? blobColumn : partitionColumn,
    {
      id: "result",
      label: "Result",
      // For "Not resumed yet"; on a phone a running one has its step beside it.
      width: 156,
      phoneWidth: isLive && isRunning ? 126 : 156,
      grows: !isBlobs && !(isLive && isRunning),
      descendingFirst: true,
      cell: (entry) => <ResultChip entry={entry} />,
      sortBy: gravityOf,
      csv: (entry) => entryWords(entry).word,
    },
    ...(isLive ? liveColumns(ownerName, isRunning) : []),
    ...(counts === null || isBlobs ? [] : countColumns(counts === "new")),
    {
      id: "before",
      label: "Before",
      width: 108,
      phoneWidth: 0,
      figure: true,
      cell: (entry) => <Before entry={entry} />,
      sortBy: beforeOf,
      csv: beforeOf,
    },
    {
      id: "after",
      label: "After",
      width: 136,
      phoneWidth: 0,
      figure: true,
      cell: (entry) => (
        <span className="flex items-center justify-between gap-2">
          <span aria-hidden className="text-faint">
            →
          </span>
          <After entry={entry} />
        </span>
      ),
      sortBy: ({ after }) => after?.sequenceNumber ?? null,
      csv: ({ after }) => after?.sequenceNumber ?? null,
    },
  ]);
}

function countColumns(isNew: boolean): PlainColumn<EntryLine>[] {
  const column = (id: string, label: string, value: (entry: EntryLine) => number | null) => ({
    id,
    label,
    width: 92,
    phoneWidth: 0,
    figure: true,
    cell: (entry: EntryLine) => {
      const count = value(entry);
      if (isAsPlanned(entry) && count !== null) return <AtReview figure={count} entry={entry} />;
      return <span className={count ? "" : "text-faint"}>{formatCount(count)}</span>;
    },
    sortBy: (entry: EntryLine) => (isAsPlanned(entry) ? null : value(entry)),
    csv: (entry: EntryLine) => (isAsPlanned(entry) ? null : value(entry)),
  });
  const again = isNew ? "Read" : "Read again";
  return [
    column("again", again, ({ replays }) => replays ?? null),
    column("skipped", "Skipped", ({ skips }) => skips ?? null),
  ];
}

export const reasonField: CsvField<EntryLine> = {
  label: "Reason",
  csv: ({ reason }) => reason?.message ?? null,
};

function beforeOf(entry: EntryLine): number | null {
  return isAsPlanned(entry) ? null : (entry.before?.sequenceNumber ?? null);
}

function AtReview({ figure, entry }: { figure: number | null; entry: EntryLine }) {
  const isOver = entry.result !== "pending";
  const when = isOver ? "It was not written." : "Known once it is written.";
  const moves = isOver ? "the group moved on" : "the group moves on until its wave";
  const tip = `${when} At the review: ${formatCount(figure)}; ${moves}.`;
  return (
    <span className="text-faint" data-tip={tip}>
      {unknownMark}
    </span>
  );
}

/** Some blobs of a clean-up hold no position: those of owners, placeholders and broken ones. */
function Position({ entry, of }: { entry: EntryLine; of: number | null }) {
  const isWithout = isOfBlobs({ entries: [entry] }) && (of ?? -1) < 0;
  return isWithout ? <span className="text-faint">no position</span> : formatCount(of);
}

/** "None" only if known: something was written where nothing existed. */
export function Before({ entry }: { entry: EntryLine }) {
  const { before, after } = entry;
  if (before !== null && isAsPlanned(entry)) return <AtReview figure={before.sequenceNumber} entry={entry} />;
  if (before !== null) return <Position entry={entry} of={before.sequenceNumber} />;
  return <span className="text-faint">{after === null ? unknownMark : "none"}</span>;
}

export function After({ entry }: { entry: EntryLine }) {
  const { after } = entry;
  if (after !== null) return <Position entry={entry} of={after.sequenceNumber} />;
  if (entry.removes === true && entry.result === "written") return <strong>deleted</strong>;
  const standing = standsAlready(entry);
  if (standing === null) return <span className="text-faint">{unknownMark}</span>;
  return (
    <span data-tip="Already written; it counts once a processor continues from it.">
      {formatCount(standing)}
    </span>
  );
}
