import type { ConsumerGroup } from "#lib/api/consumer-group.ts";

const mostWaited = 3;

/**
 * The lag to add to a group's trend. Null: a gap. Leaves out bounds: before a first checkpoint the whole
 * stream would count and dwarf measured values. A line also does not begin with only some partitions, since
 * the others would look like a jump. Some are never counted, so the line waits for 3 refreshes
 * at most.
 * @param before the trend's existing points
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

/**
 * Counts the points at the start of a recorded line that leave partitions out, if one with all of them soon
 * follows: a line does not begin with part of a sum. 0 where none follows within 3 points.
 */
export function partialPoints(points: readonly { lag: number | null; isWhole: boolean }[]): number {
  const first = points.findIndex(({ lag }) => lag !== null);
  if (first < 0) return 0;
  const whole = points.slice(first, first + mostWaited + 1).findIndex(({ isWhole }) => isWhole);
  return whole <= 0 ? 0 : first + whole;
}
