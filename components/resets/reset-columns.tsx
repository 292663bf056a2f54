"use client";

import type { ReactNode } from "react";
import type { Column } from "#components/ui/table-model.ts";
import type { ResetResult } from "#lib/api/resets.ts";
import { formatCount } from "#lib/client/format.ts";
import { type EntryLine, entryWords } from "#lib/client/reset-words.ts";
import { liveColumns } from "./live-columns.tsx";
import { ResultChip } from "./result-chip.tsx";

/** What a person should see first: what went wrong, then what is under way. */
const gravity: Record<ResetResult, number> = {
  overwritten: 6,
  failed: 5,
  unknown: 4,
  conflict: 3,
  pending: 2,
  skipped: 1,
  written: 0,
};

export function isOdd({ result }: EntryLine): boolean {
  return gravity[result] > gravity.pending;
}

interface Options {
  isLive: boolean;
  ownerName: (ownerId: string) => ReactNode;
}

/** The columns of a reset: what came of each partition, what stood there and what stands there now. */
export function resetColumns({ isLive, ownerName }: Options): Column<EntryLine>[] {
  return [
    {
      id: "partition",
      label: "Partition",
      width: 100,
      phoneWidth: 96,
      fixed: true,
      cell: ({ partitionId }) => <span className="font-mono">{partitionId}</span>,
      sortBy: ({ partitionId }) => partitionId,
      csv: ({ partitionId }) => partitionId,
    },
    {
      id: "result",
      label: "Result",
      width: 132,
      phoneWidth: 120,
      descendingFirst: true,
      cell: (entry) => <ResultChip entry={entry} />,
      sortBy: ({ result }) => gravity[result],
      csv: (entry) => entryWords(entry).word,
    },
    ...(isLive ? liveColumns(ownerName) : []),
    {
      id: "before",
      label: "Before",
      width: 116,
      phoneWidth: 100,
      figure: true,
      hint: "The sequence number that was replaced.",
      cell: ({ before }) => <Place checkpoint={before} none="none" />,
      sortBy: ({ before }) => before?.sequenceNumber ?? null,
      csv: ({ before }) => before?.sequenceNumber ?? null,
    },
    {
      id: "after",
      label: "After",
      width: 140,
      phoneWidth: 120,
      figure: true,
      hint: "The sequence number that was written: reading goes on with the event after it.",
      cell: ({ after }) => (
        <span className="flex items-center justify-between gap-2">
          <span aria-hidden className="text-faint">
            →
          </span>
          <Place checkpoint={after} none="—" />
        </span>
      ),
      sortBy: ({ after }) => after?.sequenceNumber ?? null,
      csv: ({ after }) => after?.sequenceNumber ?? null,
    },
    {
      id: "message",
      label: "What was seen",
      width: 300,
      cell: ({ message }) => (
        <span className="block truncate text-muted" {...(message === null ? {} : { "data-tip": message })}>
          {message}
        </span>
      ),
      csv: ({ message }) => message,
    },
  ];
}

function Place({ checkpoint, none }: { checkpoint: EntryLine["before"]; none: string }) {
  if (checkpoint === null) return <span className="text-faint">{none}</span>;
  return formatCount(checkpoint.sequenceNumber);
}
