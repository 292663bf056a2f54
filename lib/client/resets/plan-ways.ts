import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { ResetMode, ResetPlan } from "#lib/api/resets.ts";
import { kindOf } from "./plan-kind.ts";

/**
 * The other mode, if it would work for blocked partitions: live with owners, offline without. Null: neither,
 * or unknown.
 */
export function otherMode(plan: ResetPlan, group: ConsumerGroupDetail | undefined): ResetMode | null {
  // An undo uses its reset's mode, a move is always offline.
  if (group === undefined || kindOf(plan.target) !== "reset") return null;
  const blocked = new Set(
    plan.entries.filter(({ blockedBy }) => blockedBy !== null).map(({ partitionId }) => partitionId),
  );
  const partitions = group.partitions.filter(({ partitionId }) => blocked.has(partitionId));
  const isOwned = partitions.some(({ owner }) => owner?.state === "active");
  if (plan.mode === "live") return isOwned || partitions.length === 0 ? null : "offline";
  const isJson = group.formats.length > 0 && !group.formats.includes("common");
  return isOwned && !isJson ? "live" : null;
}

const astray: ReadonlySet<string> = new Set(["ahead", "behindRetention"]);

/** Partitions with a checkpoint outside the stream, which only an end of the stream repairs. */
export function brokenPartitions(group: ConsumerGroupDetail | undefined): ReadonlySet<string> {
  const broken = group?.partitions.filter(({ lagState }) => astray.has(lagState)) ?? [];
  return new Set(broken.map(({ partitionId }) => partitionId));
}
