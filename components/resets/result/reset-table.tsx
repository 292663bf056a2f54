"use client";

import { type ReactNode, useMemo } from "react";
import { EntriesTable } from "#components/resets/entries-table.tsx";
import { entryBelow, messageBelow } from "#components/resets/entry-below.tsx";
import type { Reset, ResetEntry } from "#lib/api/resets.ts";
import { isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { kindNoun } from "#lib/client/resets/plan-kind.ts";
import { readsNew } from "#lib/client/resets/plan-totals.ts";
import { withoutCalledOff } from "#lib/client/resets/stop-words.ts";
import { isOdd, reasonField, resetColumns } from "./reset-columns.tsx";
import { ResetDetails } from "./reset-details.tsx";

const details = (entry: ResetEntry) => <ResetDetails entry={entry} />;
const onlyInExport = [reasonField];
const odd = (noun: "partition" | "blob") => ({
  isKept: isOdd,
  label: "Not as planned",
  tip: `Hides ${noun}s that went as planned or are still running.`,
  none: `Every ${noun} went as planned`,
});

export function ResetTable({
  reset,
  ownerName,
}: {
  reset: Reset;
  ownerName: (ownerId: string) => ReactNode;
}) {
  const isLive = reset.mode === "live";
  const isRunning = reset.state === "running";
  const isBlobs = isOfBlobs(reset);
  const noun = isBlobs ? "blob" : "partition";
  const counts = readsNew(reset.target, reset.entries) ? "new" : "again";
  const columns = useMemo(
    () => resetColumns({ isLive, isRunning, isBlobs, counts, ownerName }),
    [isLive, isRunning, isBlobs, counts, ownerName],
  );
  return (
    <EntriesTable
      label={`${isBlobs ? "Blobs" : "Partitions"} of the ${kindNoun(reset.target)}`}
      entries={withoutCalledOff(reset)}
      columns={columns}
      csvAlso={onlyInExport}
      fileName={`${reset.hub}-${reset.group}-reset.csv`}
      noun={noun}
      only={odd(noun)}
      details={details}
      below={messageBelow}
      belowOnPhone={entryBelow}
    />
  );
}
