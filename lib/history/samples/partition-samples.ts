import type { EpochMs } from "#lib/core/time.ts";
import { holdsUntil } from "./points.ts";
import { type FlatSample, type Sample, unknownPartition } from "./sample.ts";

/** Over shorter times the rate would alternate between 0 and peaks, since checkpoints come now and then. */
const rateWindowMs = 60_000;
/** Allows for two services' clocks and for blobs listed just before the sample. */
const resetMarginMs = 5_000;

interface Position {
  at: number;
  value: number;
}

/**
 * Builds a partition's samples from its group's and its hub's series (oldest first, the hub's unpacked for
 * that partition alone). Computes rates from the hub's ends and the checkpoints, over at least a minute
 * without gaps. No rate crosses a reset, which jumps over events.
 * @param ordinal the partition's index among those unpacked from the group's samples
 * @param pointMs spacing of rolled up samples; 0 for raw ones
 * @param resets when resets moved the checkpoint
 */
export function partitionSamples(
  group: readonly Sample[],
  ordinal: number,
  hub: readonly Sample[],
  pointMs: number,
  resets: readonly { from: EpochMs; to: EpochMs }[] = [],
): FlatSample[] {
  const ends = new Map(hub.map(({ at, partitions }) => [at, partitions[0]?.value ?? null]));
  const incoming = new RateOf();
  const outgoing = new RateOf();
  return group.map((sample, index) => {
    const before = group[index - 1] ?? null;
    const { at, holdsSeconds, partitions } = sample;
    if (before !== null && at > Math.max(holdsUntil(before), before.at + 2 * pointMs)) {
      incoming.clear();
      outgoing.clear();
    }
    if (before !== null && resets.some((reset) => isBetween(reset, before.at, at))) outgoing.clear();
    const partition = partitions[ordinal] ?? unknownPartition;
    const { value, max, lagSeconds, lagSecondsIsLowerBound, isBound } = partition;
    const end = ends.get(at) ?? null;
    const position = end === null || value === null || !partition.isPosition ? null : end - value;
    return {
      at,
      holdsSeconds,
      ...(sample.pointMs !== undefined && { pointMs: sample.pointMs }),
      value,
      max,
      measured: isBound ? null : value,
      measuredMax: isBound ? null : max,
      partitionsUnknown: value === null ? 1 : 0,
      partitionsBounded: isBound ? 1 : 0,
      lagSeconds,
      lagSecondsIsLowerBound,
      eventsInPerSecond: incoming.add(at, end),
      eventsOutPerSecond: outgoing.add(at, position),
    };
  });
}

function isBetween(reset: { from: EpochMs; to: EpochMs }, before: EpochMs, at: EpochMs): boolean {
  return reset.from <= at + resetMarginMs && reset.to >= before - resetMarginMs;
}

class RateOf {
  #positions: Position[] = [];

  clear(): void {
    this.#positions = [];
  }

  add(at: number, value: number | null): number | null {
    const newest = this.#positions.at(-1);
    if (value === null || (newest !== undefined && value < newest.value)) this.clear();
    if (value === null) return null;
    this.#positions.push({ at, value });
    while ((this.#positions[1]?.at ?? at) <= at - rateWindowMs) this.#positions.shift();
    const base = this.#positions[0];
    return base === undefined || base.at === at ? null : ((value - base.value) * 1000) / (at - base.at);
  }
}
