import { type LineEdges, wholeLags } from "#lib/lag/trend-lag.ts";
import type { FlatSample } from "./sample.ts";

/**
 * Leaves out sums that count only some partitions and would read as a jump.
 * @param samples a group's, oldest first
 */
export function wholeSamples(samples: readonly FlatSample[], edges: LineEdges): readonly FlatSample[] {
  if (samples.every((each) => each.partitionsUnknown === 0 && each.partitionsBounded === 0)) return samples;
  const values = wholeLags(
    samples.map(({ value: lag, partitionsUnknown }) => ({ lag, partitionsUnknown })),
    edges,
  );
  const measured = wholeLags(
    samples.map(({ measured: lag, partitionsUnknown, partitionsBounded }) => ({
      ...{ lag, partitionsUnknown, partitionsBounded },
    })),
    edges,
  );
  return samples.map((sample, index) => ({
    ...sample,
    ...(values[index]?.lag === null && { value: null, max: null }),
    ...(measured[index]?.lag === null && { measured: null, measuredMax: null }),
  }));
}
