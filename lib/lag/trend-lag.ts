import type { ConsumerGroup } from "#lib/api/consumer-group.ts";

/** A line waits so many refreshes for a first one that counts every partition: some partitions are never counted. */
const mostWaited = 3;

/**
 * The lag that a group's trend takes note of; null is a gap. Bounds stay out: before a partition's first
 * checkpoint everything in its stream counts, which would tower over what is measured from then on. For the same
 * reason a line does not begin with some of the partitions: the rest would read as a jump.
 * @param before the points that the trend has already
 */
export function trendLag(
  group: Pick<ConsumerGroup, "measuredLag" | "stale" | "partitionsUnknown" | "totalLagIsUpperBound">,
  before: readonly { lag: number | null }[],
): number | null {
  if (group.stale) return null;
  const isWhole = group.partitionsUnknown === 0 && !group.totalLagIsUpperBound;
  const hasBegun = before.length >= mostWaited || before.some(({ lag }) => lag !== null);
  return isWhole || hasBegun ? group.measuredLag : null;
}
