import { operationOf } from "#lib/api/reasons/operation.ts";
import type { RequestedTarget, Reset, ResetEntry, ResetMode } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format/format.ts";
import { ofPartitions } from "../alike.ts";
import type { Planned } from "../plan-again.ts";
import { kindOf, type PlanKind } from "../plan-kind.ts";
import { assumedHandlerSeconds } from "../reset-choice.ts";
import { passedReasons } from "../reset-words.ts";

/** What an ended reset did not bring to its target. */
export interface RestOfReset {
  partitionIds: string[];
  mode: ResetMode;
  isAll: boolean;
}

/** Null: nothing is left, it still runs, or it is an undo, which can't be planned for some partitions alone. */
export function restOf(reset: Pick<Reset, "state" | "mode" | "target" | "entries">): RestOfReset | null {
  const { state, mode, target, entries } = reset;
  const left = entries.filter(isLeft);
  const isAll = left.length === entries.length;
  if (state === "running" || left.length === 0 || (target.kind === "undo" && !isAll)) return null;
  const cantGoLive = left.every(({ reason }) => reason?.code === "layoutNotLive");
  return {
    partitionIds: left.map(({ partitionId }) => partitionId),
    // The processors of a live reset still run: they would be in the way of an offline plan.
    mode: cantGoLive ? "offline" : mode,
    isAll,
  };
}

const notThere: ReadonlySet<ResetEntry["result"]> = new Set(["conflict", "failed", "skipped", "overwritten"]);

/** A group that passed a forward target by itself has nothing left to skip. */
export function isPassed({ reason }: Pick<ResetEntry, "reason">): boolean {
  return passedReasons.has(reason?.code ?? "");
}

function isLeft(entry: ResetEntry): boolean {
  return notThere.has(entry.result) && !isPassed(entry);
}

/** What is left, with the same target. */
export function plannedRest(reset: Reset, { partitionIds, mode }: RestOfReset): Planned {
  const { hub, group, store, target, handlerSeconds } = reset;
  return {
    hub,
    group,
    store,
    mode,
    handlerSeconds: handlerSeconds ?? assumedHandlerSeconds,
    target: targetOf(target, new Set(partitionIds)),
    entries: partitionIds.map((partitionId) => ({ partitionId })),
    unchangedPartitions: [],
  };
}

/** "Two hours ago" stays the moment that it was. */
function targetOf(target: RequestedTarget, ids: ReadonlySet<string>): RequestedTarget {
  if (target.kind === "move")
    return { ...target, overwrite: target.overwrite.filter((partitionId) => ids.has(partitionId)) };
  return target.kind === "ago" && "resolvedTime" in target
    ? { kind: "time", value: target.resolvedTime }
    : target;
}

const verbs: Record<PlanKind, { ask: string; left: string }> = {
  reset: { ask: "Reset", left: "Not at the target" },
  move: { ask: "Move", left: "Not moved" },
  cleanup: { ask: "Clean up", left: "Not cleaned up" },
  undo: { ask: "Undo", left: "Not undone" },
};

export function restWords(
  { target, entries }: Pick<Reset, "target" | "entries">,
  { partitionIds, isAll }: RestOfReset,
): { left: string; ask: string } {
  const { entry } = operationOf({ target, entries });
  const { left, ask } = verbs[kindOf(target)];
  const unknown = entries.flatMap(({ partitionId, result }) => (result === "unknown" ? [partitionId] : []));
  const doubt = unknown.length === 0 ? "" : ` Not known, so left out: ${ofPartitions(unknown)}.`;
  const others = partitionIds.length === 1 ? entry : plural(partitionIds.length, entry);
  return {
    left: `${left}: ${ofPartitions(partitionIds)}.${doubt}`,
    ask: isAll ? "Plan it again…" : `${ask} the other ${others}…`,
  };
}
