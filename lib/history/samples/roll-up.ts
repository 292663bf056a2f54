import { largest } from "#lib/core/known.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { mean } from "./mean.ts";
import { type PartitionValue, type Sample, unknownPartition } from "./sample.ts";

/**
 * Rolls samples (oldest first) up to one per `pointMs`: last values, maxima, mean rates. An interval without
 * samples stays a gap.
 */
export function rollUp(samples: readonly Sample[], pointMs: number): Sample[] {
  const stretches = new Map<EpochMs, Sample[]>();
  for (const sample of samples) {
    const start = Math.floor(sample.at / pointMs) * pointMs;
    const stretch = stretches.get(start);
    if (stretch === undefined) stretches.set(start, [sample]);
    else stretch.push(sample);
  }
  return [...stretches.values()].map(merge).filter((sample) => sample !== null);
}

function merge(samples: readonly Sample[]): Sample | null {
  const last = samples.at(-1);
  if (last === undefined) return null;
  const width = samples.reduce((widest, { partitions }) => Math.max(widest, partitions.length), 0);
  return {
    at: last.at,
    holdsSeconds: largest(samples.map(({ holdsSeconds }) => holdsSeconds)) ?? last.holdsSeconds,
    value: last.value,
    max: largest(samples.map(({ max }) => max)),
    measured: last.measured,
    measuredMax: largest(samples.map(({ measuredMax }) => measuredMax)),
    partitionsUnknown: last.partitionsUnknown,
    partitionsBounded: last.partitionsBounded,
    lagSeconds: largest(samples.map(({ lagSeconds }) => lagSeconds)),
    lagSecondsIsLowerBound: samples.some(({ lagSecondsIsLowerBound }) => lagSecondsIsLowerBound),
    eventsInPerSecond: mean(samples.map(({ eventsInPerSecond }) => eventsInPerSecond)),
    eventsOutPerSecond: mean(samples.map(({ eventsOutPerSecond }) => eventsOutPerSecond)),
    partitions: Array.from({ length: width }, (_, index) => mergePartition(samples, last, index)),
  };
}

function mergePartition(samples: readonly Sample[], last: Sample, index: number): PartitionValue {
  const newest = last.partitions[index] ?? unknownPartition;
  let { max, lagSeconds, lagSecondsIsLowerBound } = newest;
  for (const { partitions } of samples) {
    const each = partitions[index];
    // A bound from before the first checkpoint would dwarf later measurements.
    if (each === undefined || (each.isBound && !newest.isBound)) continue;
    if (each.max !== null && (max === null || each.max > max)) max = each.max;
    if (each.lagSeconds !== null && (lagSeconds === null || each.lagSeconds > lagSeconds))
      lagSeconds = each.lagSeconds;
    if (each.lagSecondsIsLowerBound) lagSecondsIsLowerBound = true;
  }
  return { ...newest, max, lagSeconds, lagSecondsIsLowerBound };
}
