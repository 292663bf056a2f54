import type { AppError } from "./app-error.ts";
import type { EpochMs } from "./time.ts";

export interface PartitionProperties {
  partitionId: string;
  beginningSequenceNumber: number;
  lastEnqueuedSequenceNumber: number;
  lastEnqueuedOffset: string;
  /** Null: nothing was ever enqueued. */
  lastEnqueuedAt: EpochMs | null;
  isEmpty: boolean;
}

export type PartitionReading =
  | {
      partitionId: string;
      properties: PartitionProperties;
      error: null;
      /** When this partition was asked for, in a slow round. Default: the hub's `readAt`. */
      readAt?: EpochMs;
    }
  | { partitionId: string; properties: null; error: AppError; readAt?: never };

/**
 * A limited rate of property reads. Unless the service said that it is busy, the configured ceiling is the
 * limit.
 */
export interface HubPace {
  perSecond: number;
  isBusy: boolean;
}

export interface HubReading {
  readAt: EpochMs;
  createdOn: EpochMs;
  isGeoDrEnabled: boolean;
  partitions: PartitionReading[];
  /** All ids of the hub, if only some partitions were read. */
  partitionIds?: readonly string[];
}

export function partitionIdsOf({ partitions, partitionIds }: HubReading): readonly string[] {
  return partitionIds ?? partitions.map(({ partitionId }) => partitionId);
}

/** How a connection attempt ended. `closed`: refused, reset, or answered by something else. */
export type ConnectAnswer = "open" | "closed" | "silent" | "certificate" | "nameUnknown";

export interface ConnectAttempt {
  port: number;
  answer: ConnectAnswer;
  /** The system's or the proxy's code: `ECONNREFUSED`, `407` … Null when open or silent. */
  code: string | null;
}

export interface HubReach {
  amqp: ConnectAttempt;
  webSockets: ConnectAttempt;
}
