import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { ResetMode, ResetPlan } from "#lib/api/resets.ts";
import { kindOf } from "./plan-kind.ts";

/**
 * The other way to reset a group, where that would do for partitions that are blocked: live where somebody owns
 * them, offline where nobody does. Null: neither, or it is not known.
 */
export function otherMode(plan: ResetPlan, group: ConsumerGroupDetail | undefined): ResetMode | null {
  // An undo is made the way its reset was, and a move offline alone.
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

/** Partitions whose checkpoint lies outside of the stream: the stream's ends are all that would repair it. */
export function brokenPartitions(group: ConsumerGroupDetail | undefined): ReadonlySet<string> {
  const broken = group?.partitions.filter(({ lagState }) => astray.has(lagState)) ?? [];
  return new Set(broken.map(({ partitionId }) => partitionId));
}
