import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { AppError } from "#lib/core/app-error.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import { EventLookup } from "../plan/event-lookup.ts";
import type { Passage } from "../plan/events-again.ts";
import { inTheWay } from "../plan/in-the-way.ts";
import { blobsOf } from "../plan/observation.ts";
import { standingOf } from "../plan/standing.ts";
import { streamOf } from "../plan/stream.ts";
import { movedCheckpoint, type Side } from "./move-aim.ts";

const partitionsAtOnce = 64;

/** Returns a group's positions as times of the last processed events. Reads one event of each partition. */
export async function passagesOf(
  side: Side,
  partitionIds: readonly string[],
  format: CheckpointFormat | undefined,
  abortSignal: AbortSignal,
): Promise<Map<string, Passage>> {
  const { place } = side;
  const events = EventLookup.at(place, abortSignal);
  try {
    const found = await eachInFlight(partitionIds, partitionsAtOnce, (id) =>
      passageOf(id, side, format, events).catch((cause: unknown) => ({ cause })),
    );
    return new Map(
      found.map((one, i) => {
        if (!("cause" in one)) return [partitionIds[i] ?? "", one];
        if (!(one.cause instanceof AppError)) throw one.cause;
        return [partitionIds[i] ?? "", blocked(place.hub, failureOf(one.cause))];
      }),
    );
  } finally {
    await events.close();
  }
}

async function passageOf(
  partitionId: string,
  side: Side,
  format: CheckpointFormat | undefined,
  events: EventLookup,
): Promise<Passage> {
  const { place, observation } = side;
  const { hub } = place;
  const { partitions, isGeoDrEnabled, createdOn } = observation.hub;
  const reading = partitions.find((one) => one.partitionId === partitionId);
  if (reading === undefined)
    return blocked(hub, reason("sourceHasNoPartition", { partitions: partitions.length }));
  if (reading.error !== null) return blocked(hub, failureOf(reading.error));
  const blobs = blobsOf(observation, partitionId);
  const checkpoint = movedCheckpoint(partitionId, blobs, side, format);
  const stream = streamOf(reading.properties, isGeoDrEnabled);
  const standing = standingOf(checkpoint, stream, createdOn);
  if (checkpoint === null || standing.next === null)
    return blocked(hub, reason("sourceUnknown", { because: standing.why ?? reason("noCheckpoint") }));
  const { offset, sequenceNumber } = checkpoint;
  const unread = stream.last + 1 - standing.next;
  if (offset === "-1" || sequenceNumber === null) return { hub, enqueuedAt: null, unread, blockedBy: null };
  if (sequenceNumber === stream.last && stream.lastEnqueuedAt !== null)
    return { hub, enqueuedAt: stream.lastEnqueuedAt, unread, blockedBy: null };
  if (sequenceNumber < stream.begin) return blocked(hub, reason("processedEventGone", { sequenceNumber }));
  const { isQuiet } = inTheWay(blobs, {
    mode: "offline",
    storeNow: observation.storeNow,
    guardSeconds: observation.guardSeconds,
  });
  if (!events.mayRead(isQuiet)) return blocked(hub, reason("eventsNotReadable"));
  const event = await events.firstEvent(partitionId, { sequenceNumber });
  return event?.sequenceNumber === sequenceNumber
    ? { hub, enqueuedAt: event.enqueuedAt, unread, blockedBy: null }
    : blocked(hub, reason("processedEventGone", { sequenceNumber }));
}

function blocked(hub: string, blockedBy: Reason): Passage {
  return { hub, enqueuedAt: null, unread: 0, blockedBy };
}
