import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { EventLookup } from "./event-lookup.ts";
import type { Landing } from "./land.ts";
import type { Standing } from "./standing.ts";
import type { Stream } from "./stream.ts";

/**
 * What another hub's position means on this hub. `enqueuedAt`: when the last processed event was enqueued;
 * null: none was processed, or `blockedBy` says why it is unknown. `unread`: the events that the group has
 * not processed on the other hub.
 */
export interface Passage {
  hub: string;
  enqueuedAt: EpochMs | null;
  unread: number;
  blockedBy: Reason | null;
}

/**
 * Counts the events that share the last processed event's enqueued time, which the group may read again, and the
 * earlier ones, which it skips. `replays` is null when they can't be counted.
 */
export async function eventsAgain(
  { enqueuedAt }: Passage,
  { target, resumesAt }: Landing,
  { partitionId, stream, isQuiet }: { partitionId: string; stream: Stream; isQuiet: boolean },
  events: EventLookup,
): Promise<{ replays: number | null; skips: number | null }> {
  const next = Math.max(target.sequenceNumber + 1, stream.begin);
  const skips = next - stream.begin;
  if (enqueuedAt === null || resumesAt === null) return { replays: 0, skips };
  if (stream.lastEnqueuedAt !== null && stream.lastEnqueuedAt <= enqueuedAt)
    return { replays: stream.last + 1 - next, skips };
  const later = await events.eventIfPossible(partitionId, { enqueuedAt: enqueuedAt + 1 }, isQuiet);
  return { replays: later === null ? null : Math.max(0, later.sequenceNumber - next), skips };
}

/** Counts events to be read again and events to be skipped. Upper bounds on hubs with gaps in their numbers. */
export function countEvents(
  standing: Standing,
  { begin }: Stream,
  checkpointSequenceNumber: number,
): { replays: number | null; skips: number | null } {
  if (standing.next === null) return { replays: null, skips: null };
  const next = Math.max(checkpointSequenceNumber + 1, begin);
  return { replays: Math.max(0, standing.next - next), skips: Math.max(0, next - standing.next) };
}
