import { AppError } from "#lib/core/app-error.ts";
import { PartitionEvents } from "./partition-events.ts";
import type { EventReaderOptions, EventStart, ReadEvent } from "./read-event.ts";
import { stepBack } from "./step-back.ts";

export interface Neighbours {
  before: ReadEvent | null;
  next: ReadEvent | null;
}

interface ReadOptions {
  abortSignal?: AbortSignal;
}

/** Reads single events, never with an owner level (lib/event-hub/README.md#reading-an-event). */
export interface EventReader {
  /**
   * Returns the first event at or after the start, across gaps. Null at the end of the stream, by the
   * partition's figures and not by silence.
   * @throws AppError `conflict` when processors keep others out, `azureTimeout` when an expected event did
   * not come, `azure…` when the service refuses
   */
  firstEvent(
    consumerGroup: string,
    partitionId: string,
    start: EventStart,
    options?: ReadOptions & { withContent?: boolean | "whole" },
  ): Promise<ReadEvent | null>;
  /**
   * Returns up to `count` events with their content: from a sequence number on, or the last ones before it. Fewer
   * if the stream has gaps, none at its end or its beginning.
   * @throws AppError as `neighbours`
   */
  page(
    consumerGroup: string,
    partitionId: string,
    position: { sequenceNumber: number; begin: number; count: number; direction: "earlier" | "later" },
    options?: ReadOptions,
  ): Promise<ReadEvent[]>;
  /**
   * Returns the events around a sequence number. Steps back if the previous one is missing.
   * @param position `begin`: the stream's first sequence number
   * @throws AppError as `firstEvent`, and `conflict` when the gap is too wide
   */
  neighbours(
    consumerGroup: string,
    partitionId: string,
    position: { sequenceNumber: number; begin: number },
    options?: ReadOptions,
  ): Promise<Neighbours>;
  close(): Promise<void>;
}

/**
 * Creates a reader to be closed. Connects at its first reading: once for a few partitions, up to eight times
 * for many. Needs only the right to listen.
 */
export function createEventReader(options: EventReaderOptions): EventReader {
  const events = new PartitionEvents(options);
  const reader: EventReader = {
    firstEvent: async (consumerGroup, partitionId, start, { abortSignal, withContent = false } = {}) => {
      // The service's time filter is exclusive, so it gets 1 ms less and the rest is checked here.
      const isWanted = ({ enqueuedAt }: ReadEvent) =>
        start === "earliest" || !("enqueuedAt" in start) || enqueuedAt >= start.enqueuedAt;
      const read = await events.read(
        { consumerGroup, partitionId, start, withContent, abortSignal },
        isWanted,
      );
      return read.find(isWanted) ?? null;
    },

    neighbours: async (consumerGroup, partitionId, { sequenceNumber, begin }, { abortSignal } = {}) => {
      const readFrom = (from: number, until: number, batchSize: number) =>
        events.read(
          { consumerGroup, partitionId, start: { sequenceNumber: from }, batchSize, abortSignal },
          (event) => event.sequenceNumber >= until,
        );
      const read = await readFrom(Math.max(begin, sequenceNumber - 1, 0), sequenceNumber, 2);
      const next = read.find((event) => event.sequenceNumber >= sequenceNumber) ?? null;
      const right = read.find((event) => event.sequenceNumber < sequenceNumber);
      if (right !== undefined || sequenceNumber <= begin) return { before: right ?? null, next };
      const before = await stepBack(readFrom, {
        before: sequenceNumber,
        begin,
        next: next?.sequenceNumber ?? sequenceNumber,
      });
      if (before === "tooFar") {
        throw new AppError(
          "conflict",
          `Before ${sequenceNumber} partition ${partitionId} has a gap so wide that the last event before it was not found.`,
        );
      }
      return { before, next };
    },

    page: async (consumerGroup, partitionId, { sequenceNumber, begin, count, direction }, options = {}) => {
      const readFrom = (from: number, isLast: (event: ReadEvent) => boolean) =>
        events.read(
          {
            consumerGroup,
            partitionId,
            start: { sequenceNumber: from },
            batchSize: count,
            withContent: true,
            abortSignal: options.abortSignal,
          },
          isLast,
        );
      if (direction === "later") {
        let left = count;
        const read = await readFrom(sequenceNumber, () => --left <= 0);
        return read.slice(0, count);
      }
      const upTo = async (last: number) => {
        const from = Math.max(begin, last - count + 1, 0);
        const read = await readFrom(from, (event) => event.sequenceNumber >= last);
        return read.filter((event) => event.sequenceNumber <= last);
      };
      if (sequenceNumber <= begin) return [];
      const near = await upTo(sequenceNumber - 1);
      if (near.length > 0 || sequenceNumber - count <= begin) return near;
      const { before } = await reader.neighbours(
        consumerGroup,
        partitionId,
        { sequenceNumber, begin },
        options,
      );
      return before === null ? [] : upTo(before.sequenceNumber);
    },

    close: () => events.close(),
  };
  return reader;
}
