import type { ResetPlan } from "#lib/api/resets.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { rangesNamed } from "#lib/core/figures.ts";
import { fateOf } from "../plan-totals.ts";
import { resultOf } from "./still-confirmed.ts";

export interface PlanChanges {
  freed: string[];
  blocked: string[];
  retargeted: string[];
  replays: number;
  skips: number;
}

export function planChanges(before: ResetPlan, after: ResetPlan): PlanChanges {
  const was = new Map(before.entries.map((entry) => [entry.partitionId, entry]));
  const changes: PlanChanges = { freed: [], blocked: [], retargeted: [], replays: 0, skips: 0 };
  const isHere = new Set(after.entries.map(({ partitionId }) => partitionId));
  for (const entry of after.entries) {
    const former = was.get(entry.partitionId);
    const wasFree = former === undefined || fateOf(former) === "moves";
    const isFree = fateOf(entry) === "moves";
    if (isFree && !wasFree) changes.freed.push(entry.partitionId);
    if (!isFree && wasFree) changes.blocked.push(entry.partitionId);
    if (former === undefined || resultOf(former) !== resultOf(entry))
      changes.retargeted.push(entry.partitionId);
    changes.replays += (entry.replays ?? 0) - (former?.replays ?? 0);
    changes.skips += (entry.skips ?? 0) - (former?.skips ?? 0);
  }
  for (const id of was.keys()) if (!isHere.has(id)) changes.retargeted.push(id);
  return changes;
}

/** Null: nothing changed. */
export function changeWords({ freed, blocked, retargeted, replays, skips }: PlanChanges): string | null {
  const parts = [
    ...(freed.length === 0 ? [] : [`${named(freed)} ${are(freed)} free now`]),
    ...(blocked.length === 0 ? [] : [`${named(blocked)} ${are(blocked)} blocked now`]),
    ...(retargeted.length === 0 ? [] : [`new targets on ${named(retargeted)}`]),
    ...difference(replays, "read again"),
    ...difference(skips, "skipped"),
  ];
  if (parts.length === 0) return null;
  const text = parts.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function named(ids: readonly string[]): string {
  return `${ids.length === 1 ? "partition" : "partitions"} ${rangesNamed(ids)}`;
}

function are(ids: readonly string[]): string {
  return ids.length === 1 ? "is" : "are";
}

function difference(events: number, fate: string): string[] {
  if (events === 0) return [];
  const verb = Math.abs(events) === 1 ? "is" : "are";
  return [`${formatCount(Math.abs(events))} ${events > 0 ? "more" : "fewer"} ${verb} ${fate}`];
}
