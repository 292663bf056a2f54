import { largest } from "#lib/core/known.ts";
import { toCount } from "./counts.ts";
import type { PartitionLag } from "./partition-lag.ts";

export interface GroupLag {
  totalLag: number | null;
  maxLag: number | null;
  maxLagIndex: number | null;
  maxLagIsUpperBound: boolean;
  partitionsUnknown: number;
  partitionsBounded: number;
  lostEvents: number | null;
  isUpperBound: boolean;
  retentionUsed: number | null;
  measuredLag: number | null;
}

/**
 * Sums partition lags (lib/lag/README.md#lag). Unknown lags are counted, never taken as 0. `measuredLag`
 * leaves out partitions without a checkpoint. When no partition has one and something waits, it is null: an
 * unused partition tells nothing about such a group.
 */
export function sumLag(lags: readonly PartitionLag[]): GroupLag {
  const measured = lags.filter(({ lag, isUpperBound }) => lag !== null && !isUpperBound);
  const isMeasured = measured.length === lags.length || measured.some(({ hasPosition }) => hasPosition);
  const sum: GroupLag = {
    totalLag: null,
    maxLag: null,
    maxLagIndex: null,
    maxLagIsUpperBound: false,
    partitionsUnknown: 0,
    partitionsBounded: 0,
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
    if (isUpperBound) {
      sum.isUpperBound = true;
      sum.partitionsBounded += 1;
    }
  }
  sum.totalLag = sumOf(lags.map(({ lag }) => lag));
  sum.lostEvents = sumOf(lags.map(({ lostEvents }) => lostEvents));
  return sum;
}

/** The largest known value. Null also when that is 0 and others are unknown: "at least 0" would look fine. */
export function largestOfAll(values: readonly (number | null)[]): number | null {
  const known = largest(values);
  return known === 0 && values.includes(null) ? null : known;
}

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => toCount(sum + value), 0);
}
