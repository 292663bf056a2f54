"use client";

import { type ReactNode, useCallback, useMemo } from "react";
import { EntriesTable } from "#components/resets/entries-table.tsx";
import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { PlanBelow } from "./plan-below.tsx";
import { isObstructed, planColumns } from "./plan-columns.tsx";
import { PlanDetails } from "./plan-details.tsx";

const details = (entry: ResetPlanEntry) => <PlanDetails entry={entry} />;
const obstructed = {
  isKept: isObstructed,
  label: "With issues",
  tip: "Shows only blocked partitions and those with warnings.",
  none: "No partition has issues",
};

export function PlanTable({
  plan,
  ownerName,
}: {
  plan: ResetPlan;
  ownerName: (ownerId: string) => ReactNode;
}) {
  const isUndo = plan.target.kind === "undo";
  const isMove = plan.target.kind === "move";
  const isBlobs = isOfBlobs(plan);
  const columns = useMemo(
    () => planColumns({ isUndo, isMove, isBlobs, ownerName }),
    [isUndo, isMove, isBlobs, ownerName],
  );
  const below = useCallback(
    (entry: ResetPlanEntry) => <PlanBelow entry={entry} isUndo={isUndo} ownerName={ownerName} />,
    [isUndo, ownerName],
  );
  return (
    <EntriesTable
      label="Plan"
      entries={plan.entries}
      columns={columns}
      fileName={`${plan.hub}-${plan.group}-plan.csv`}
      only={obstructed}
      details={details}
      belowOnPhone={below}
    />
  );
}
