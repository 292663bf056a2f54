import type { ConsumerGroup } from "#lib/api/consumer-group.ts";

/**
 * The lag that a group's trend takes note of; null is a gap. Bounds stay out: before a partition's first
 * checkpoint everything in its stream counts, which would tower over what is measured from then on.
 */
export function trendLag(group: Pick<ConsumerGroup, "measuredLag" | "stale">): number | null {
  return group.stale ? null : group.measuredLag;
}
