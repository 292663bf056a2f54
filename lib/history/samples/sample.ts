import type { EpochMs } from "#lib/core/time.ts";

/**
 * `value`: a group's lag, or in a hub's series the last sequence number + 1. `max`: the largest since the
 * previous sample; the value itself in raw samples. `lagSeconds` is stored within 4 %. `isPosition`: the lag
 * counts from a checkpoint, so its position is `last - lag`. `isBound`: the lag is at most this; nothing is
 * measured yet.
 */
export interface PartitionValue {
  value: number | null;
  max: number | null;
  lagSeconds: number | null;
  lagSecondsIsLowerBound: boolean;
  isPosition: boolean;
  isBound: boolean;
}

/**
 * `value` sums the partitions, upper bounds included; `measured` leaves out `partitionsBounded` too. `holdsSeconds`: the refresh period then, when the next
 * sample was due. `pointMs`: the rolled up interval; absent: one refresh.
 */
export interface FlatSample {
  at: EpochMs;
  holdsSeconds: number;
  pointMs?: number;
  value: number | null;
  max: number | null;
  measured: number | null;
  measuredMax: number | null;
  partitionsUnknown: number;
  partitionsBounded: number;
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
