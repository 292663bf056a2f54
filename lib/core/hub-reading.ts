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
  | { partitionId: string; properties: PartitionProperties; error: null }
  | { partitionId: string; properties: null; error: AppError };

export interface HubReading {
  readAt: EpochMs;
  createdOn: EpochMs;
  isGeoDrEnabled: boolean;
  partitions: PartitionReading[];
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
