"use client";

import { type ReactNode, useCallback, useMemo } from "react";
import { EntriesTable } from "#components/resets/entries-table.tsx";
import { PlanBelow } from "#components/resets/review/plan-below.tsx";
import { isObstructed } from "#components/resets/review/plan-columns.tsx";
import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { folderOf, spellingsOf } from "#lib/client/moves/target-spellings.ts";
import { ownerText } from "#lib/core/holding-owner.ts";
import { moveColumns } from "./move-columns.tsx";
import { MoveDetails } from "./move-details.tsx";

const details = (entry: ResetPlanEntry) => <MoveDetails entry={entry} />;
const obstructed = {
  isKept: isObstructed,
  label: "With issues",
  tip: "Shows only blocked partitions and those with warnings.",
  none: "No partition has issues",
};

export function MoveTable({
  plan,
  ownerName,
}: {
  plan: ResetPlan;
  ownerName: (ownerId: string) => ReactNode;
}) {
  const { zone } = useTimes();
  const columns = useMemo(() => moveColumns(plan.entries, ownerName, zone), [plan.entries, ownerName, zone]);
  const spellings = useMemo(() => spellingsOf(plan.entries), [plan.entries]);
  const below = useCallback(
    (entry: ResetPlanEntry) => (
      <>
        <SourceLine entry={entry} />
        <SpellingLine entry={entry} spellings={spellings} />
        <PlanBelow entry={entry} isUndo={false} ownerName={ownerName} />
      </>
    ),
    [ownerName, spellings],
  );
  return (
    <EntriesTable
      label="Plan"
      entries={plan.entries}
      columns={columns}
      fileName={`${plan.hub}-${plan.group}-move.csv`}
      only={obstructed}
      details={details}
      belowOnPhone={below}
    />
  );
}

function SourceLine({ entry: { source, owners } }: { entry: ResetPlanEntry }) {
  return (
    <p className="figures text-muted text-note">
      Source{" "}
      {source == null ? (
        "none"
      ) : (
        <>
          <strong className="font-medium text-ink">{formatCount(source.sequenceNumber)}</strong>{" "}
          {source.format}
        </>
      )}{" "}
      · owner{" "}
      <span className="foreign break-all">{owners?.source ? ownerText(owners.source) : "nobody"}</span>
    </p>
  );
}

function SpellingLine({
  entry: { targetBlobName },
  spellings,
}: {
  entry: ResetPlanEntry;
  spellings: ReadonlyMap<string, string>;
}) {
  if (targetBlobName === undefined || spellings.size < 2) return null;
  return (
    <p className="text-muted text-note">
      Target spelling{" "}
      <span className="foreign break-all font-mono">
        {showText(spellings.get(folderOf(targetBlobName)) ?? "")}
      </span>
    </p>
  );
}
