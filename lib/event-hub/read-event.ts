import type { EpochMs } from "#lib/core/time.ts";
import type { EventContent, WholeContent } from "./event-content.ts";
import type { HubConnection } from "./hub-client.ts";
import type { PropertyRate } from "./rate/property-rate.ts";

/** Where to start reading (lib/event-hub/README.md#reading-an-event). */
export type EventStart = { sequenceNumber: number } | { enqueuedAt: EpochMs } | "earliest";

export interface ReadEvent {
  sequenceNumber: number;
  offset: string;
  enqueuedAt: EpochMs;
  content?: EventContent;
  whole?: WholeContent;
}

export interface EventReaderOptions extends HubConnection {
  /** Covers one reading and attaching, but not the wait for a turn at `rate`. Default: 10 s. */
  timeoutMs?: number;
  maxInFlight?: number;
  /** Of the hub's property reads, which tell the end of a stream. Default: unlimited. */
  rate?: PropertyRate;
}
