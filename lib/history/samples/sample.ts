import type { EpochMs } from "#lib/core/time.ts";

export interface PartitionValue {
  /** A group's lag, or in a hub's series the last sequence number + 1. */
  value: number | null;
  /** The largest since the previous sample; equals the value in raw samples. */
  max: number | null;
  /** Stored within 4 %. */
  lagSeconds: number | null;
  lagSecondsIsLowerBound: boolean;
  /** The lag counts from a checkpoint, so its position is `last - lag`. */
  isPosition: boolean;
  /** The lag is at most this: nothing is measured yet. */
  isBound: boolean;
}

export interface FlatSample {
  at: EpochMs;
  /** The refresh period then: when the next sample was due. */
  holdsSeconds: number;
  /** The rolled up interval. Absent: one refresh. */
  pointMs?: number;
  /** The sum over partitions, upper bounds included. */
  value: number | null;
  max: number | null;
  measured: number | null;
  measuredMax: number | null;
  partitionsUnknown: number;
  lagSeconds: number | null;
  lagSecondsIsLowerBound: boolean;
  eventsInPerSecond: number | null;
  eventsOutPerSecond: number | null;
}

export interface Sample extends FlatSample {
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

/** The partition's number, which orders packed samples. Null for an id that the service would not give. */
export function partitionIndex(partitionId: string): number | null {
  return /^\d{1,4}$/.test(partitionId) ? Number(partitionId) : null;
}
