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
}

/** Sums partitions' lags (facts section 2): unknown ones are left out and counted, never taken as 0. */
export function sumLag(lags: readonly PartitionLag[]): GroupLag {
  const sum: GroupLag = {
    totalLag: null,
    maxLag: null,
    maxLagIndex: null,
    maxLagIsUpperBound: false,
    partitionsUnknown: 0,
    lostEvents: null,
    isUpperBound: false,
    retentionUsed: null,
  };
  for (const [index, { lag, lostEvents, isUpperBound, retentionUsed }] of lags.entries()) {
    if (lag === null) sum.partitionsUnknown += 1;
    else {
      sum.totalLag = toCount((sum.totalLag ?? 0) + lag);
      if (sum.maxLag === null || lag > sum.maxLag) {
        sum.maxLag = lag;
        sum.maxLagIndex = index;
        sum.maxLagIsUpperBound = isUpperBound;
      }
    }
    if (lostEvents !== null) sum.lostEvents = toCount((sum.lostEvents ?? 0) + lostEvents);
    if (isUpperBound) sum.isUpperBound = true;
    if (retentionUsed !== null && !isUpperBound)
      sum.retentionUsed = Math.max(sum.retentionUsed ?? 0, retentionUsed);
  }
  return sum;
}
