import type { EpochMs } from "#lib/core/time.ts";
import type { EventContent } from "./event-content.ts";
import type { HubConnection } from "./hub-client.ts";

/** Where reading starts, after lib/event-hub/README.md#reading-an-event. */
export type EventStart =
  | { sequenceNumber: number }
  /** At or after it. */
  | { enqueuedAt: EpochMs }
  | "earliest";

/** One event; what it carries only where that was asked for. */
export interface ReadEvent {
  sequenceNumber: number;
  /** Opaque. */
  offset: string;
  enqueuedAt: EpochMs;
  content?: EventContent;
}

export interface EventReaderOptions extends HubConnection {
  /** For one reading, attaching included. Default 10 s. */
  timeoutMs?: number;
  /** Readings that may be under way at a time. Default 32. */
  maxInFlight?: number;
}
