import { PartitionEvents } from "./partition-events.ts";
import type { EventReaderOptions, EventStart, ReadEvent } from "./read-event.ts";

export interface EventReader {
  /**
   * The first event at or after the start, whatever gaps lie between; null at the end of the stream, by the
   * partition's properties. Never with an owner level.
   * @throws AppError where the service refuses, and `azureTimeout` where an event should be there and none came
   */
  firstEvent(
    consumerGroup: string,
    partitionId: string,
    start: EventStart,
    options?: { abortSignal?: AbortSignal },
  ): Promise<ReadEvent | null>;
  close(): Promise<void>;
}

/** Reads single events over one connection, which opens at the first reading. Needs the right to listen alone. */
export function createEventReader(options: EventReaderOptions): EventReader {
  const events = new PartitionEvents(options);
  return {
    firstEvent: async (consumerGroup, partitionId, start, { abortSignal } = {}) => {
      const isWanted = ({ enqueuedAt }: ReadEvent) =>
        start === "earliest" || !("enqueuedAt" in start) || enqueuedAt >= start.enqueuedAt;
      const read = await events.read({ consumerGroup, partitionId, start, abortSignal }, isWanted);
      return read.find(isWanted) ?? null;
    },
    close: () => events.close(),
  };
}
