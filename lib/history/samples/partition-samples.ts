import type { EpochMs } from "#lib/core/time.ts";
import { holdsUntil } from "./points.ts";
import { type FlatSample, type Sample, unknownPartition } from "./sample.ts";

/** Checkpoints come now and then: over less than this, a rate shows 0 and then a peak. */
const rateWindowMs = 60_000;
/** Two services' clocks, and blobs that are listed a moment before the sample's time. */
const resetMarginMs = 5_000;

interface Position {
  at: number;
  value: number;
}

/**
 * One partition's samples from its group's and its hub's series (oldest first, the hub's unpacked for that
 * partition alone). Its rates are not stored: events in come from where the hub's end stood, events out from where the
 * checkpoint did, each over a minute or more without a gap. What a
 * reset jumped over was not read: no rate goes over one.
 * @param place where the partition stands among those that the group's samples were unpacked for
 * @param pointMs how far rolled up samples lie apart; 0 for raw ones
 * @param resets from when to when resets moved the checkpoint
 */
export function partitionSamples(
  group: readonly Sample[],
  place: number,
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
    const partition = partitions[place] ?? unknownPartition;
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

/** The rate at which a position grows. One that is not known, or falls, starts anew. */
class RateOf {
  #positions: Position[] = [];

  clear(): void {
    this.#positions = [];
  }

  /** Events per second up to this sight; null with fewer than two. */
  add(at: number, value: number | null): number | null {
    const newest = this.#positions.at(-1);
    if (value === null || (newest !== undefined && value < newest.value)) this.clear();
    if (value === null) return null;
    this.#positions.push({ at, value });
    // The newest sight that is a window old, or the oldest there is.
    while ((this.#positions[1]?.at ?? at) <= at - rateWindowMs) this.#positions.shift();
    const base = this.#positions[0];
    return base === undefined || base.at === at ? null : ((value - base.value) * 1000) / (at - base.at);
  }
}
