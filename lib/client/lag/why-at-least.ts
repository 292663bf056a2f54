import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";

/**
 * Why a time lag is a lower bound. Right after a reset people would doubt that the dashboard has watched: it
 * has, but the reset went to events from before that.
 */
export function whyAtLeast(
  partitions: readonly Pick<GroupPartition, "checkpoint" | "lagSecondsIsLowerBound">[],
): string {
  const bounds = partitions.filter(({ lagSecondsIsLowerBound }) => lagSecondsIsLowerBound);
  const isReset = bounds.some(({ checkpoint }) => isOwnWrite(checkpoint?.writtenBy ?? null));
  return isReset ? "reset to before the first look" : "from before the first look";
}
