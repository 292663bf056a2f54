import type { EventFile, EventsPage, ReadEvent } from "#lib/api/read-event.ts";
import type { AskedGroup } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import { formatCount } from "#lib/core/figures.ts";
import { toIso } from "#lib/core/time.ts";
import type { EventReader } from "#lib/event-hub/event-reader.ts";
import type { ReadEvent as FoundEvent } from "#lib/event-hub/read-event.ts";
import { guardingExpirationSeconds } from "#lib/ownership/expiration.ts";
import { groupReaders } from "#lib/ownership/group-readers.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";

const limitMs = 12_000;
const mostAtOnce = 4;

export interface WantedEvent {
  partitionId: string;
  sequenceNumber: number;
}

export interface WantedEvents extends WantedEvent {
  /** The first sequence number of the stream, as last seen. */
  begin: number;
  count: number;
  direction: "earlier" | "later";
}

type Inspect<Wanted, Answer> = (
  address: AskedGroup,
  wanted: Wanted,
  abortSignal: AbortSignal,
) => Promise<Answer>;

interface EventInspection {
  one: Inspect<WantedEvent, ReadEvent>;
  page: Inspect<WantedEvents, EventsPage>;
  file: Inspect<WantedEvent, EventFile>;
}

/**
 * Reads with the inspection group, else with the group itself while nobody owns or reads it
 * (lib/event-hub/README.md#in-which-group). Each throws an AppError: `conflict` with the remedy if neither is
 * allowed, `notFound` past the end of the stream, `tooManyRequests`, `azure…`.
 */
export function createEventInspection(places: ResetPlaces): EventInspection {
  let underWay = 0;
  const bounded =
    <Wanted, Answer>(
      read: (place: ResetPlace, wanted: Wanted, abortSignal: AbortSignal) => Promise<Answer>,
    ): Inspect<Wanted, Answer> =>
    async (address, wanted, abortSignal) => {
      if (underWay >= mostAtOnce) {
        const message = `${mostAtOnce} events are being read already; try again in a moment.`;
        throw new AppError("tooManyRequests", message, { retryable: true });
      }
      underWay += 1;
      try {
        const limit = AbortSignal.any([abortSignal, AbortSignal.timeout(limitMs)]);
        return await read(places.find(address), wanted, limit);
      } finally {
        underWay -= 1;
      }
    };
  return { one: bounded(readEventOf), page: bounded(readPageOf), file: bounded(readFileOf) };
}

/**
 * Returns the first event at or after a sequence number, with the beginning of its content.
 * @throws AppError as above
 */
async function readEventOf(
  place: ResetPlace,
  { partitionId, sequenceNumber }: WantedEvent,
  abortSignal: AbortSignal,
): Promise<ReadEvent> {
  return reading(place, abortSignal, async (events, readAs) => {
    const options = { abortSignal, withContent: true };
    const found = await events.firstEvent(readAs, partitionId, { sequenceNumber }, options);
    if (found === null) {
      throw new AppError(
        "notFound",
        `Partition ${partitionId} has no event ${sequenceNumber}, nor one after it: that is its end.`,
      );
    }
    return toReadEvent(found, partitionId, readAs);
  });
}

/**
 * Returns the very event that was chosen: the next one may be one that the group can read.
 * @throws AppError as above
 */
export async function readThatEvent(
  place: ResetPlace,
  wanted: WantedEvent,
  abortSignal: AbortSignal,
): Promise<ReadEvent> {
  const event = await readEventOf(place, wanted, abortSignal);
  if (event.sequenceNumber === wanted.sequenceNumber) return event;
  throw new AppError(
    "notFound",
    `Event ${formatCount(wanted.sequenceNumber)} is not in the stream of partition ${wanted.partitionId}: retention may ` +
      `have deleted it. The next event there is ${formatCount(event.sequenceNumber)}.`,
  );
}

async function readPageOf(
  place: ResetPlace,
  { partitionId, ...wanted }: WantedEvents,
  abortSignal: AbortSignal,
): Promise<EventsPage> {
  return reading(place, abortSignal, async (events, readAs) => {
    const found = await events.page(readAs, partitionId, wanted, { abortSignal });
    return { events: found.map((event) => toReadEvent(event, partitionId, readAs)) };
  });
}

/** Exactly that event: a file of another one under its number would be a lie. */
async function readFileOf(
  place: ResetPlace,
  { partitionId, sequenceNumber }: WantedEvent,
  abortSignal: AbortSignal,
): Promise<EventFile> {
  return reading(place, abortSignal, async (events, readAs) => {
    const options = { abortSignal, withContent: "whole" as const };
    const found = await events.firstEvent(readAs, partitionId, { sequenceNumber }, options);
    if (found?.whole === undefined || found.sequenceNumber !== sequenceNumber) {
      throw new AppError(
        "notFound",
        `Event ${sequenceNumber} is not in the stream of partition ${partitionId}.`,
      );
    }
    const { whole, enqueuedAt, offset } = found;
    const { fullyQualifiedNamespace, eventHubName } = place;
    const at = { partitionId, sequenceNumber, offset, enqueuedAt: toIso(enqueuedAt) };
    return { fullyQualifiedNamespace, eventHubName, ...at, ...whole };
  });
}

async function reading<Answer>(
  place: ResetPlace,
  abortSignal: AbortSignal,
  read: (events: EventReader, readAs: string) => Promise<Answer>,
): Promise<Answer> {
  const readAs = place.inspectionConsumerGroup ?? (await ownGroup(place, abortSignal));
  const events = place.openEvents();
  try {
    return await read(events, readAs);
  } finally {
    await events.close();
  }
}

function toReadEvent(
  { sequenceNumber, offset, enqueuedAt, content }: FoundEvent,
  partitionId: string,
  readAs: string,
): ReadEvent {
  if (content === undefined) throw new Error("The event was read without its content.");
  return { partitionId, sequenceNumber, offset, enqueuedAt: toIso(enqueuedAt), readAs, ...content };
}

async function ownGroup(place: ResetPlace, abortSignal: AbortSignal): Promise<string> {
  const { groups, readAt } = await place.readStore(abortSignal);
  const expirationSeconds = guardingExpirationSeconds(
    place.ownershipExpirationSeconds,
    place.observedExpirationSeconds(),
  );
  const readers = groupReaders(groups.get(place.group.toLowerCase()), readAt, expirationSeconds);
  if (readers === null) return place.group;
  throw new AppError(
    "conflict",
    `The consumer group ${place.group} ${readers}, and a reader of the dashboard's own could be in its way. ` +
      "Create a consumer group only for the dashboard and name it in the configuration (inspectionConsumerGroup).",
  );
}
