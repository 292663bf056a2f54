import { AppError } from "#lib/core/app-error.ts";
import { PartitionEvents } from "./partition-events.ts";
import type { EventReaderOptions, EventStart, ReadEvent } from "./read-event.ts";
import { stepBack } from "./step-back.ts";

/** A place in a partition: between the last event before it and the first one at or past it. */
export interface Neighbours {
  /** Null: there is none from the beginning of the stream on. */
  before: ReadEvent | null;
  /** Null: the place is the end of the stream. */
  next: ReadEvent | null;
}

interface ReadOptions {
  abortSignal?: AbortSignal;
}

/** Reads single events, never with an owner level (lib/event-hub/README.md#reading-an-event). */
export interface EventReader {
  /**
   * The first event at or after the start, whatever gaps lie between; null at the end of the stream, by the
   * partition's own figures and not for its silence. `withContent`: with what it carries.
   * @throws AppError `conflict` where processors keep others out, `azureTimeout` where an event should be there
   * and none came, `azure…` where the service refuses
   */
  firstEvent(
    consumerGroup: string,
    partitionId: string,
    start: EventStart,
    options?: ReadOptions & { withContent?: boolean },
  ): Promise<ReadEvent | null>;
  /**
   * The events on both sides of a sequence number. Where the one right before it is missing, steps back.
   * @param place `begin`: the first sequence number of the stream
   * @throws AppError as `firstEvent`, and `conflict` where the gap before it is too wide
   */
  neighbours(
    consumerGroup: string,
    partitionId: string,
    place: { sequenceNumber: number; begin: number },
    options?: ReadOptions,
  ): Promise<Neighbours>;
  close(): Promise<void>;
}

/**
 * Connects at its first reading: once for a few partitions, up to eight times for many; to be closed. Needs the
 * right to listen alone.
 */
export function createEventReader(options: EventReaderOptions): EventReader {
  const events = new PartitionEvents(options);
  return {
    firstEvent: async (consumerGroup, partitionId, start, { abortSignal, withContent = false } = {}) => {
      // The service's filter of a time means what comes after it: it is asked for 1 ms less, and held to the rest.
      const isWanted = ({ enqueuedAt }: ReadEvent) =>
        start === "earliest" || !("enqueuedAt" in start) || enqueuedAt >= start.enqueuedAt;
      const read = await events.read(
        { consumerGroup, partitionId, start, withContent, abortSignal },
        isWanted,
      );
      return read.find(isWanted) ?? null;
    },

    neighbours: async (
      consumerGroup,
      partitionId,
      { sequenceNumber: place, begin },
      { abortSignal } = {},
    ) => {
      const readFrom = (from: number, until: number, batchSize: number) =>
        events.read(
          { consumerGroup, partitionId, start: { sequenceNumber: from }, batchSize, abortSignal },
          ({ sequenceNumber }) => sequenceNumber >= until,
        );
      const read = await readFrom(Math.max(begin, place - 1, 0), place, 2);
      const next = read.find(({ sequenceNumber }) => sequenceNumber >= place) ?? null;
      const right = read.find(({ sequenceNumber }) => sequenceNumber < place);
      if (right !== undefined || place <= begin) return { before: right ?? null, next };
      const before = await stepBack(readFrom, {
        before: place,
        begin,
        next: next?.sequenceNumber ?? place,
      });
      if (before === "tooFar") {
        throw new AppError(
          "conflict",
          `Before ${place} partition ${partitionId} has a gap so wide that the last event before it was not found.`,
        );
      }
      return { before, next };
    },

    close: () => events.close(),
  };
}
