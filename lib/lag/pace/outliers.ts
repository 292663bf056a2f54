import type { Pace } from "./pace.ts";

const hotTimes = 3;
const hotPerSecond = 1;
const slowShare = 0.5;
const steadyShare = 0.9;
const leastInPerSecond = 0.2;

export interface PartitionRates {
  partitionId: string;
  lag: number | null;
  eventsInPerSecond: number | null;
  pace: Pace | null;
}

export interface HotPartition {
  partitionId: string;
  inPerSecond: number;
  usualPerSecond: number;
}

/**
 * Partitions with far more input than the others: over 3 times their median and at least one event a second
 * more. Takes three known inputs, since of two neither is usual. Hottest first.
 */
export function hotPartitions(partitions: readonly PartitionRates[]): HotPartition[] {
  const known = partitions.flatMap(({ partitionId, eventsInPerSecond }) =>
    eventsInPerSecond === null ? [] : [{ partitionId, inPerSecond: eventsInPerSecond }],
  );
  if (known.length < 3) return [];
  const sorted = known.map(({ inPerSecond }) => inPerSecond).sort((a, b) => a - b);
  return known
    .map((each) => ({ ...each, usualPerSecond: medianWithout(sorted, each.inPerSecond) }))
    .filter(
      ({ inPerSecond, usualPerSecond }) =>
        inPerSecond > hotTimes * usualPerSecond && inPerSecond - usualPerSecond >= hotPerSecond,
    )
    .sort((a, b) => b.inPerSecond - a.inPerSecond);
}

/**
 * Partitions that are behind and read less than half of their input, while at least as many others are read
 * at nine tenths or more: their reader is slow, not the group. Slowest first.
 */
export function slowPartitions<P extends PartitionRates>(partitions: readonly P[]): P[] {
  const shares = partitions.flatMap((partition) => {
    const { eventsInPerSecond: into = 0, eventsOutPerSecond: out = 0 } = partition.pace ?? {};
    return into < leastInPerSecond ? [] : [{ partition, share: out / into }];
  });
  const slow = shares.filter(({ partition, share }) => share < slowShare && (partition.lag ?? 0) > 0);
  const steady = shares.filter(({ share }) => share >= steadyShare);
  if (slow.length === 0 || steady.length < slow.length) return [];
  return slow.sort((a, b) => a.share - b.share).map(({ partition }) => partition);
}

function medianWithout(sorted: readonly number[], value: number): number {
  const out = sorted.indexOf(value);
  const at = (index: number) => sorted[index < out ? index : index + 1] ?? Number.NaN;
  const count = sorted.length - 1;
  const middle = Math.floor(count / 2);
  return count % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
}
