import type { ReadEvent } from "#lib/api/read-event.ts";
import { AppError } from "#lib/core/app-error.ts";
import { toIso } from "#lib/core/time.ts";
import { guardingExpirationSeconds } from "#lib/ownership/expiration.ts";
import { groupReaders } from "#lib/ownership/group-readers.ts";
import type { ResetPlace } from "#lib/reset/place.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import type { GroupAddress } from "#lib/server/resets/resets-runtime.ts";

const limitMs = 12_000;
const mostAtOnce = 4;

export interface WantedEvent {
  partitionId: string;
  sequenceNumber: number;
}

type InspectEvent = (
  address: GroupAddress,
  wanted: WantedEvent,
  abortSignal: AbortSignal,
) => Promise<ReadEvent>;

/**
 * Reads with the inspection group, else with the group itself while nobody owns or reads it
 * (lib/event-hub/README.md#in-which-group). Throws an AppError: `conflict` with the remedy if neither is
 * allowed,
 * `notFound` past the end of the stream, `tooManyRequests`, `azure…`.
 */
export function createEventInspection(places: ResetPlaces): InspectEvent {
  let underWay = 0;
  return async (address, wanted, abortSignal) => {
    if (underWay >= mostAtOnce) {
      throw new AppError(
        "tooManyRequests",
        `${mostAtOnce} events are being read already; try again in a moment.`,
        {
          retryable: true,
        },
      );
    }
    underWay += 1;
    try {
      const place = places.find(address);
      return await readEventOf(place, wanted, AbortSignal.any([abortSignal, AbortSignal.timeout(limitMs)]));
    } finally {
      underWay -= 1;
    }
  };
}

/**
 * Returns the first event at or after a sequence number, with the beginning of its content.
 * @throws AppError as above
 */
export async function readEventOf(
  place: ResetPlace,
  { partitionId, sequenceNumber }: WantedEvent,
  abortSignal: AbortSignal,
): Promise<ReadEvent> {
  const readAs = place.inspectionConsumerGroup ?? (await ownGroup(place, abortSignal));
  const events = place.openEvents();
  try {
    const options = { abortSignal, withContent: true };
    const found = await events.firstEvent(readAs, partitionId, { sequenceNumber }, options);
    if (found?.content === undefined) {
      throw new AppError(
        "notFound",
        `Partition ${partitionId} has no event ${sequenceNumber}, nor one after it: that is its end.`,
      );
    }
    const { content, enqueuedAt, ...event } = found;
    return { partitionId, ...event, enqueuedAt: toIso(enqueuedAt), readAs, ...content };
  } finally {
    await events.close();
  }
}

/**
 * Uses the group itself if a fresh look shows no reader.
 * @throws AppError `conflict`
 */
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
      "Create a consumer group for the dashboard alone and name it in the configuration (inspectionConsumerGroup).",
  );
}
