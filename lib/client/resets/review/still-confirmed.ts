import type { RequestedTarget, ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { askedPartitions } from "../plan-totals.ts";
import { applyWords } from "./apply-words.ts";

/** Targets that go on with a stream or a group, so each renewal may have others. */
const movingTargets: ReadonlySet<RequestedTarget["kind"]> = new Set(["latest", "shift", "group"]);

/**
 * Whether a name typed under `seen` confirms `plan`, which renewed it. Each partition has to go where it went. A target
 * that moves on may have moved further ahead, never back, and with as many partitions, if it costs the same kind of
 * thing: a plan that skipped nothing may skip nothing now.
 */
export function stillConfirmed(seen: ResetPlan, plan: ResetPlan): boolean {
  if (seen === plan) return true;
  if (wordOf(seen) !== wordOf(plan)) return false;
  return movingTargets.has(plan.target.kind) ? hasMovedOn(seen, plan) : goesThere(seen) === goesThere(plan);
}

function wordOf({ target }: ResetPlan): string {
  return target.kind === "ago" ? "time" : target.kind;
}

function goesThere({ entries }: ResetPlan): string {
  return JSON.stringify(entries.map((entry) => [entry.partitionId, resultOf(entry)]));
}

function hasMovedOn(seen: ResetPlan, plan: ResetPlan): boolean {
  const former = new Map(seen.entries.map((entry) => [entry.partitionId, entry]));
  return (
    askedPartitions(seen).join() === askedPartitions(plan).join() &&
    applyWords(plan).risks.every((risk) => applyWords(seen).risks.includes(risk)) &&
    plan.entries.every((entry) => isNotBehind(entry, former.get(entry.partitionId)))
  );
}

/** A partition that stood at its target before has none in the former plan. */
function isNotBehind(entry: ResetPlanEntry, former: ResetPlanEntry | undefined): boolean {
  if (former === undefined || resultOf(entry) === resultOf(former)) return true;
  const [now, then] = [positionOf(entry), positionOf(former)];
  return now !== null && then !== null && now >= then;
}

/** Null: it is deleted, goes to the start, or has no target. */
function positionOf({ target, removes }: ResetPlanEntry): number | null {
  return removes === true || target === null || target.offset === startOffset ? null : target.sequenceNumber;
}

const startOffset = "-1";

/** The start counts as unchanged even if events leave. */
export function resultOf(entry: ResetPlanEntry): string | null {
  const { target, removes } = entry;
  if (removes === true) return "removed";
  if (target === null) return null;
  return target.offset === startOffset ? "start" : `${target.sequenceNumber} ${target.offset}`;
}
