"use client";

import { type ReactNode, useCallback, useMemo } from "react";
import { EntriesTable } from "#components/resets/entries-table.tsx";
import { PlanBelow } from "#components/resets/review/plan-below.tsx";
import { isObstructed } from "#components/resets/review/plan-columns.tsx";
import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { formatCount } from "#lib/client/format/format.ts";
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
  const columns = useMemo(() => moveColumns(ownerName), [ownerName]);
  const below = useCallback(
    (entry: ResetPlanEntry) => (
      <>
        <SourceLine entry={entry} />
        <PlanBelow entry={entry} isUndo={false} ownerName={ownerName} />
      </>
    ),
    [ownerName],
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
      · owner <span className="foreign break-all">{owners?.source ?? "nobody"}</span>
    </p>
  );
}
