"use client";

import { type ReactNode, useCallback, useMemo } from "react";
import { EntriesTable } from "#components/resets/entries-table.tsx";
import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { readsNew } from "#lib/client/resets/plan-totals.ts";
import { PlanBelow } from "./plan-below.tsx";
import { isObstructed, planColumns } from "./plan-columns.tsx";
import { PlanDetails } from "./plan-details.tsx";
import { type Typing, useTypedPositions } from "./typed-positions.tsx";

const typedKinds: readonly string[] = [
  "sequenceNumber",
  "positions",
  "shift",
  "undo",
] satisfies ResetPlan["target"]["kind"][];
const details = (entry: ResetPlanEntry) => <PlanDetails entry={entry} />;
const obstructed = (noun: "partition" | "blob") => ({
  isKept: isObstructed,
  label: "With issues",
  tip: `Shows only blocked ${noun}s and those with warnings.`,
  none: `No ${noun} has issues`,
});

export function PlanTable({
  plan,
  ownerName,
  typing = null,
}: {
  plan: ResetPlan;
  ownerName: (ownerId: string) => ReactNode;
  typing?: Typing | null;
}) {
  const typed = useTypedPositions(plan, typing);
  const isUndo = plan.target.kind === "undo";
  const isNew = readsNew(plan.target, plan.entries);
  const isBlobs = isOfBlobs(plan);
  const isLive = plan.mode === "live";
  const byNumber = typedKinds.includes(plan.target.kind);
  const hasIssues = typed.entries.some(isObstructed);
  const { zone } = useTimes();
  const columns = useMemo(
    () => planColumns({ isUndo, isNew, isBlobs, isLive, byNumber, hasIssues, ownerName, zone }),
    [isUndo, isNew, isBlobs, isLive, byNumber, hasIssues, ownerName, zone],
  );
  const below = useCallback(
    (entry: ResetPlanEntry) => <PlanBelow entry={entry} {...{ isUndo, isNew, byNumber, ownerName }} />,
    [isUndo, isNew, byNumber, ownerName],
  );
  const noun = isBlobs ? "blob" : "partition";
  const then = columns.findIndex(({ id }) => id === "then");
  return (
    <EntriesTable
      label="Plan"
      entries={typed.entries}
      columns={
        typed.column === null
          ? columns
          : columns.toSpliced(then + 1, 0, typed.column).map((column) =>
              // On a phone the field takes the place of what stands there now, and will.
              column.id === "now" || column.id === "then" ? { ...column, phoneWidth: 0 } : column,
            )
      }
      tools={typed.button}
      bar={typed.bar}
      fileName={`${plan.hub}-${plan.group}-plan.csv`}
      noun={noun}
      only={obstructed(noun)}
      details={details}
      belowOnPhone={below}
    />
  );
}
