"use client";

import { type ReactNode, useMemo } from "react";
import { EntriesTable } from "#components/resets/entries-table.tsx";
import { entryBelow, messageBelow } from "#components/resets/entry-below.tsx";
import type { Reset, ResetEntry } from "#lib/api/resets.ts";
import { isOdd, reasonColumn, resetColumns } from "./reset-columns.tsx";
import { ResetDetails } from "./reset-details.tsx";

const details = (entry: ResetEntry) => <ResetDetails entry={entry} />;
const onlyInExport = [reasonColumn];
const odd = {
  isKept: isOdd,
  label: "Failed or skipped",
  tip: "Hides partitions that went as planned or are still running.",
  none: "Every partition went as planned",
};

export function ResetTable({
  reset,
  ownerName,
}: {
  reset: Reset;
  ownerName: (ownerId: string) => ReactNode;
}) {
  const isLive = reset.mode === "live";
  const columns = useMemo(() => resetColumns({ isLive, ownerName }), [isLive, ownerName]);
  return (
    <EntriesTable
      label="Partitions of the reset"
      entries={reset.entries}
      columns={columns}
      csvAlso={onlyInExport}
      fileName={`${reset.hub}-${reset.group}-reset.csv`}
      only={odd}
      details={details}
      below={messageBelow}
      belowOnPhone={entryBelow}
    />
  );
}
