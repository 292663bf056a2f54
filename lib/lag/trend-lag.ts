import type { ConsumerGroup } from "#lib/api/consumer-group.ts";

/**
 * The lag that a group's trend takes note of; null is a gap. A group that never checkpointed has a bound and
 * no lag: drawn as one it would tower over everything that is measured later.
 */
export function trendLag(
  group: Pick<ConsumerGroup, "totalLag" | "totalLagIsUpperBound" | "lastCheckpointAt" | "stale">,
): number | null {
  const isOnlyABound = group.totalLagIsUpperBound && group.lastCheckpointAt === null;
  return group.stale || isOnlyABound ? null : group.totalLag;
}
