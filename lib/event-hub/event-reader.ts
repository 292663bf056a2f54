import type { EpochMs } from "#lib/core/time.ts";

/** Where reading starts, after facts section 5. */
export type EventStart =
  | { sequenceNumber: number }
  /** At or after it. */
  | { enqueuedAt: EpochMs }
  | "earliest";

/** One event, without its body. */
export interface ReadEvent {
  sequenceNumber: number;
  /** Opaque. */
  offset: string;
  enqueuedAt: EpochMs;
}

export interface EventReader {
  /**
   * The first event at or after the start, whatever gaps lie between; null where none came within the limit,
   * as at the end of the stream. Never with an owner level.
   * @throws AppError where the service refuses
   */
  firstEvent(
    consumerGroup: string,
    partitionId: string,
    start: EventStart,
    options?: { abortSignal?: AbortSignal },
  ): Promise<ReadEvent | null>;
  close(): Promise<void>;
}
