import type { Pace } from "./pace.ts";

/** How a partition's input has to stand out, as a multiple of what is usual among the others. */
const hotTimes = 3;
/** Less than this many events a second more than usual is noise. */
const hotPerSecond = 1;
/** A consumer is slow where so little of its input goes out, while the others get to so much of theirs. */
const slowShare = 0.5;
const steadyShare = 0.9;
/** Of a trickle no rate can be told within a minute. */
const leastInPerSecond = 0.2;

/** A partition's rates in events per second; null: not known. */
export interface PartitionRates {
  partitionId: string;
  lag: number | null;
  eventsInPerSecond: number | null;
  pace: Pace | null;
}

export interface HotPartition {
  partitionId: string;
  inPerSecond: number;
  /** The median of the others. */
  usualPerSecond: number;
}

/**
 * Partitions whose input is far above their siblings': more than 3 times the median of the others, and at least
 * an event a second more. Of two, neither is usual, so it takes three whose input is known. The hottest first.
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
 * Partitions that are behind and read at less than half of their input, where at least as many others are read at
 * nine tenths of theirs or more: not the group is too slow, but who reads these. The slowest first.
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

/** The median of sorted values less one of them. */
function medianWithout(sorted: readonly number[], value: number): number {
  const out = sorted.indexOf(value);
  const at = (index: number) => sorted[index < out ? index : index + 1] ?? Number.NaN;
  const count = sorted.length - 1;
  const middle = Math.floor(count / 2);
  return count % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
}
