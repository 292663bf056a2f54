import type { AppError } from "./app-error.ts";
import type { EpochMs } from "./time.ts";

/** A partition as the service reports it. A never used one has begin = last = -1. */
export interface PartitionProperties {
  partitionId: string;
  beginningSequenceNumber: number;
  lastEnqueuedSequenceNumber: number;
  /** Opaque. */
  lastEnqueuedOffset: string;
  /** Null where nothing was ever enqueued. */
  lastEnqueuedAt: EpochMs | null;
  isEmpty: boolean;
}

/** A partition that could be read, or why it could not. */
export type PartitionReading =
  | { partitionId: string; properties: PartitionProperties; error: null }
  | { partitionId: string; properties: null; error: AppError };

/** One reading of a hub and all its partitions. */
export interface HubReading {
  /** When the partitions' answers were complete, by this machine's clock. */
  readAt: EpochMs;
  createdOn: EpochMs;
  isGeoDrEnabled: boolean;
  /** In the service's order. */
  partitions: PartitionReading[];
}

/** How an attempt to connect ended. `closed`: refused, reset, or answered by something else. */
export type ConnectAnswer = "open" | "closed" | "silent" | "certificate" | "nameUnknown";

export interface ConnectAttempt {
  port: number;
  answer: ConnectAnswer;
  /** The system's or the proxy's: `ECONNREFUSED`, `407` …; null where it is open or silent. */
  code: string | null;
}

/** Which ways to a namespace are open, tried without signing in. */
export interface HubReach {
  amqp: ConnectAttempt;
  webSockets: ConnectAttempt;
}
