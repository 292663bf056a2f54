import { ContainerClient } from "@azure/storage-blob";
import { AppError } from "#lib/core/app-error.ts";
import type { PartitionProperties, PartitionReading } from "#lib/core/hub-reading.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { EventReader } from "#lib/event-hub/event-reader.ts";
import type { ReadEvent } from "#lib/event-hub/read-event.ts";
import type { ResetPlace } from "#lib/reset/place.ts";
import { noon } from "#tests/support/sources.ts";

/** A partition by the events that it holds; offsets say nothing of the sequence numbers' distance. */
export interface ModelPartition {
  events: readonly ReadEvent[];
  /** First and last place of the stream, gaps at its ends included. */
  begin: number;
  last: number;
}

export const offsetOf = (sequenceNumber: number) => `offset-of-${sequenceNumber}`;

/** Events a second apart, from noon on with the first sequence number. */
export function modelPartition(begin: number, last: number, missing: readonly number[] = []): ModelPartition {
  const gaps = new Set(missing);
  const events: ReadEvent[] = [];
  for (let sequenceNumber = begin; sequenceNumber <= last; sequenceNumber++) {
    if (gaps.has(sequenceNumber)) continue;
    const enqueuedAt = noon + (sequenceNumber - begin) * 1_000;
    events.push({ sequenceNumber, offset: offsetOf(sequenceNumber), enqueuedAt });
  }
  return { events, begin, last };
}

function propertiesOf(partitionId: string, { events, begin, last }: ModelPartition): PartitionProperties {
  return {
    partitionId,
    beginningSequenceNumber: last < 0 ? -1 : begin,
    lastEnqueuedSequenceNumber: last,
    lastEnqueuedOffset: last < 0 ? "-1" : offsetOf(last),
    lastEnqueuedAt: last < 0 ? null : noon + (last - begin) * 1_000,
    isEmpty: last < begin || events.length === 0,
  };
}

interface ModelOptions {
  partitions: Readonly<Record<string, ModelPartition | AppError>>;
  group?: StoredGroup | null;
  others?: readonly StoredGroup[];
  /** The store's clock. */
  now?: EpochMs;
  isGeoDrEnabled?: boolean;
  createdOn?: EpochMs;
  /** What reading an event fails with. */
  readingFault?: AppError;
  place?: Partial<ResetPlace>;
}

/** A place whose store and hub are values: for the rules of plans, which their reading has no part in. */
export function modelPlace(options: ModelOptions): ResetPlace & { readings(): string[] } {
  const { partitions, group = null, others = [], now = noon + 3_600_000 } = options;
  const readings: string[] = [];
  return {
    hub: "orders",
    fullyQualifiedNamespace: "Contoso.servicebus.windows.net",
    eventHubName: "Orders",
    store: "main",
    group: group?.name ?? "billing",
    inspectionConsumerGroup: "tidemark",
    ownershipExpirationSeconds: 60,
    container: new ContainerClient("https://contoso.blob.core.windows.net/checkpoints"),
    commonPrefix: "",
    readStore: async () => ({
      readAt: now,
      groups: new Map(group === null ? [] : [[group.name.toLowerCase(), group]]),
      strayBlobs: 0,
      listings: 1,
      bodyReads: 0,
      heardAt: now,
      survey: null,
    }),
    readHub: async () => ({
      readAt: now,
      createdOn: options.createdOn ?? noon - 86_400_000,
      isGeoDrEnabled: options.isGeoDrEnabled ?? false,
      partitions: Object.entries(partitions).map(
        ([partitionId, partition]): PartitionReading =>
          partition instanceof AppError
            ? { partitionId, properties: null, error: partition }
            : { partitionId, properties: propertiesOf(partitionId, partition), error: null },
      ),
    }),
    observedCheckpointSeconds: () => null,
    openFence: () => {
      throw new Error("A plan holds nobody off.");
    },
    openEvents: () => modelReader(options, readings),
    readOtherGroup: async (name) => others.find((other) => other.name === name) ?? null,
    contestedPartitions: () => [],
    observedExpirationSeconds: () => null,
    ...options.place,
    readings: () => readings,
  };
}

function modelReader({ partitions, readingFault }: ModelOptions, readings: string[]): EventReader {
  const eventsOf = (group: string, partitionId: string): readonly ReadEvent[] => {
    readings.push(`${group}/${partitionId}`);
    if (readingFault) throw readingFault;
    const partition = partitions[partitionId];
    if (partition === undefined || partition instanceof AppError)
      throw new AppError("azureTimeout", "Nothing came.");
    return partition.events;
  };
  return {
    firstEvent: async (group, partitionId, start) =>
      eventsOf(group, partitionId).find(
        (event) =>
          start === "earliest" ||
          ("enqueuedAt" in start
            ? event.enqueuedAt >= start.enqueuedAt
            : event.sequenceNumber >= start.sequenceNumber),
      ) ?? null,
    neighbours: async (group, partitionId, { sequenceNumber: place }) => {
      const events = eventsOf(group, partitionId);
      return {
        before: events.findLast(({ sequenceNumber }) => sequenceNumber < place) ?? null,
        next: events.find(({ sequenceNumber }) => sequenceNumber >= place) ?? null,
      };
    },
    close: async () => {},
  };
}

/** The event that a reader gets first from a checkpoint's offset, as the SDKs take it up. */
export function firstFrom({ events }: ModelPartition, offset: string): ReadEvent | null {
  if (offset === "-1") return events[0] ?? null;
  const after = Number(offset.replace("offset-of-", ""));
  return events.find(({ sequenceNumber }) => sequenceNumber > after) ?? null;
}
