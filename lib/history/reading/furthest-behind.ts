import { PartitionMaxima } from "../samples/partition-maxima.ts";
import type { RangeOfSeries } from "./range-of-series.ts";

/**
 * Picks the `most` partitions with the largest lag in the range, in numerical order. Unmeasured ones come
 * last.
 */
export function furthestBehind(
  group: RangeOfSeries,
  { partitions, most }: { partitions: readonly number[]; most: number },
): number[] {
  const asked = [...new Set(partitions)].sort((a, b) => a - b);
  if (asked.length <= most) return asked;
  const maxima = new PartitionMaxima();
  for (const { startsAt, data, from, to } of group.chunks) maxima.add(data, startsAt, { from, to });
  const largest = new Map(asked.map((number) => [number, maxima.of(number) ?? -1]));
  for (const { partitions: values } of group.unwritten("all")) {
    for (const number of asked) {
      const value = values[number];
      if (value === undefined || value.isBound || value.max === null) continue;
      largest.set(number, Math.max(value.max, largest.get(number) ?? -1));
    }
  }
  const largestOf = (number: number) => largest.get(number) ?? -1;
  return asked
    .toSorted((a, b) => largestOf(b) - largestOf(a) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
