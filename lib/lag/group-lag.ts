import { largest } from "#lib/core/known.ts";
import { toCount } from "./counts.ts";
import type { PartitionLag } from "./partition-lag.ts";

export interface GroupLag {
  /** Over the partitions whose lag is known; null where none is. */
  totalLag: number | null;
  maxLag: number | null;
  /** Index, in the input, of the (first) partition with the largest lag. */
  maxLagIndex: number | null;
  /** That largest lag is an upper bound. */
  maxLagIsUpperBound: boolean;
  /** Partitions that the sums leave out. */
  partitionsUnknown: number;
  /** Over the partitions where it is known; null where none is. */
  lostEvents: number | null;
  /** Some part of the total is an upper bound. */
  isUpperBound: boolean;
  /** The largest of those partitions' that have a checkpoint: without one it would always be all. */
  retentionUsed: number | null;
  /** Over the partitions that have a checkpoint and whose lag is known; null where none does but something waits. */
  measuredLag: number | null;
}

/** Sums partitions' lags (lib/lag/README.md#lag): unknown ones are left out and counted, never taken as 0. */
export function sumLag(lags: readonly PartitionLag[]): GroupLag {
  const measured = lags.filter(({ lag, isUpperBound }) => lag !== null && !isUpperBound);
  // A partition that was never used tells nothing of a group that has no checkpoint anywhere.
  const isMeasured = measured.length === lags.length || measured.some(({ hasPosition }) => hasPosition);
  const sum: GroupLag = {
    totalLag: null,
    maxLag: null,
    maxLagIndex: null,
    maxLagIsUpperBound: false,
    partitionsUnknown: 0,
    lostEvents: null,
    isUpperBound: false,
    retentionUsed: largestOfAll(
      lags.map(({ lag, isUpperBound, retentionUsed }) => (isUpperBound && lag !== 0 ? null : retentionUsed)),
    ),
    measuredLag: isMeasured ? sumOf(measured.map(({ lag }) => lag)) : null,
  };
  for (const [index, { lag, isUpperBound }] of lags.entries()) {
    if (lag === null) sum.partitionsUnknown += 1;
    else if (sum.maxLag === null || lag > sum.maxLag) {
      sum.maxLag = lag;
      sum.maxLagIndex = index;
      sum.maxLagIsUpperBound = isUpperBound;
    }
    if (isUpperBound) sum.isUpperBound = true;
  }
  sum.totalLag = sumOf(lags.map(({ lag }) => lag));
  sum.lostEvents = sumOf(lags.map(({ lostEvents }) => lostEvents));
  return sum;
}

/**
 * The largest of what is known. Null also where that is 0 and some is not known: "at least 0" would read as if all
 * were well.
 */
export function largestOfAll(values: readonly (number | null)[]): number | null {
  const known = largest(values);
  return known === 0 && values.includes(null) ? null : known;
}

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => toCount(sum + value), 0);
}
