import type { EpochMs } from "#lib/core/time.ts";

/** One partition's figures in a sample. Null: not known. */
export interface PartitionValue {
  /** A group's lag; in a hub's own series the sequence numbers that were ever given out (last + 1). */
  value: number | null;
  /** The largest since the sample before; of a raw sample the value itself. */
  max: number | null;
  /** Stored within 4 %. */
  lagSeconds: number | null;
  /** It may be longer than that. */
  lagSecondsIsLowerBound: boolean;
  /** The lag is counted from a checkpoint, so `last - lag` is where that stands. */
  isPosition: boolean;
  /** The lag is at most this: nothing is measured yet. */
  isBound: boolean;
}

/** The figures of a whole series at one time, without its partitions. */
export interface FlatSample {
  at: EpochMs;
  /** The refresh period at that time: how long until the next sample was to be expected. */
  holdsSeconds: number;
  /** The length of the stretch that it was rolled up from; absent: one refresh. */
  pointMs?: number;
  /** The sum over the partitions, upper bounds included. */
  value: number | null;
  max: number | null;
  /** The same without upper bounds; null where nothing is measured. */
  measured: number | null;
  measuredMax: number | null;
  /** Partitions that the sums leave out, since their lag is not known. */
  partitionsUnknown: number;
  lagSeconds: number | null;
  /** Some partition's may be longer. */
  lagSecondsIsLowerBound: boolean;
  eventsInPerSecond: number | null;
  eventsOutPerSecond: number | null;
}

/** One refresh of a series, or what several were rolled up to. */
export interface Sample extends FlatSample {
  /** By the partition's number; where only one was asked for, that one alone. */
  partitions: PartitionValue[];
}

export const unknownPartition: PartitionValue = {
  value: null,
  max: null,
  lagSeconds: null,
  lagSecondsIsLowerBound: false,
  isPosition: false,
  isBound: false,
};

/** A partition's number, by which samples are packed; null for an id that the service would not give. */
export function partitionIndex(partitionId: string): number | null {
  return /^\d{1,4}$/.test(partitionId) ? Number(partitionId) : null;
}
