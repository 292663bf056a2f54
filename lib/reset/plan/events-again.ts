import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { EventLookup } from "./event-lookup.ts";
import type { Landing } from "./land.ts";
import type { Stream } from "./stream.ts";

/** What a position of another hub means here. */
export interface Passage {
  /** The other hub's id. */
  hub: string;
  /** Of the last processed event; null: nothing was processed, or it is not known why `blockedBy` says so. */
  enqueuedAt: EpochMs | null;
  /** Events of the other hub that its group has not processed. */
  unread: number;
  blockedBy: Reason | null;
}

/**
 * Events that were enqueued here in the very moment of the last processed one, which may have been read before, and
 * those enqueued before it, which are left out. `replays` null: it can't be counted.
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
