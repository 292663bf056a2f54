import type { Positions } from "#lib/api/plans/positions.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import type { PartitionReading } from "#lib/core/hub-reading.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { ResetPlace } from "../group/place.ts";
import { EventLookup } from "./event-lookup.ts";
import { inTheWay } from "./in-the-way.ts";
import { blobsOf, type Observation, observe } from "./observation.ts";
import { standingOf } from "./standing.ts";
import { type Stream, streamOf } from "./stream.ts";

const partitionsAtOnce = 64;

/**
 * Returns the group's position on each partition, with the time of the next event if events may be read.
 * @throws AppError when the store or the hub can't be read
 */
export async function exportPositions(
  place: ResetPlace,
  now: EpochMs,
  abortSignal: AbortSignal,
): Promise<Positions> {
  const observation = await observe(place, abortSignal);
  const events = EventLookup.at(place, abortSignal);
  try {
    const positions = await eachInFlight(observation.hub.partitions, partitionsAtOnce, (reading) =>
      positionOf(reading, observation, events),
    );
    abortSignal.throwIfAborted();
    return {
      fullyQualifiedNamespace: place.fullyQualifiedNamespace,
      eventHubName: place.eventHubName,
      createdOn: toIso(observation.hub.createdOn),
      consumerGroup: place.group,
      store: place.store,
      exportedAt: toIso(now),
      positions,
    };
  } finally {
    await events.close();
  }
}

type Position = Positions["positions"][number];

async function positionOf(
  reading: PartitionReading,
  observation: Observation,
  events: EventLookup,
): Promise<Position> {
  const { partitionId, properties } = reading;
  const blobs = blobsOf(observation, partitionId);
  if (properties === null) {
    // Without the stream, the checkpoint still gives the position.
    const stored = blobs.checkpoint?.unreadable === null ? blobs.checkpoint.sequenceNumber : null;
    return { partitionId, nextSequenceNumber: stored === null ? null : stored + 1, enqueuedAt: null };
  }
  const stream = streamOf(properties, observation.hub.isGeoDrEnabled);
  const { next } = standingOf(blobs.checkpoint, stream, observation.hub.createdOn);
  if (next === null) return { partitionId, nextSequenceNumber: null, enqueuedAt: null };
  const { isQuiet } = inTheWay(blobs, {
    mode: "offline",
    storeNow: observation.storeNow,
    guardSeconds: observation.guardSeconds,
  });
  const enqueuedAt = await timeOf(partitionId, next, stream, isQuiet, events);
  return { partitionId, nextSequenceNumber: next, enqueuedAt: toIso(enqueuedAt) };
}

async function timeOf(
  partitionId: string,
  next: number,
  { last, lastEnqueuedAt }: Stream,
  isQuiet: boolean,
  events: EventLookup,
): Promise<EpochMs | null> {
  if (next > last) return lastEnqueuedAt;
  const event = await events.eventIfPossible(partitionId, { sequenceNumber: next }, isQuiet);
  return event?.enqueuedAt ?? null;
}
