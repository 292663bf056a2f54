import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { hasNoPosition } from "#lib/lag/checkpoint-position.ts";
import type { Stream } from "./stream.ts";

const creationMarginMs = 60_000;

/**
 * True when a checkpoint is from a deleted hub of the same name, so that its offset means nothing here. The
 * margin allows for the difference between two services' clocks.
 */
export function isOfFormerHub(
  { updatedAt, offset }: Pick<StoredCheckpoint, "updatedAt" | "offset">,
  hubCreatedOn: EpochMs,
): boolean {
  return offset !== "-1" && updatedAt < hubCreatedOn - creationMarginMs;
}

/**
 * A group's position in a partition's stream: the sequence number of the next event to read, within the
 * stream or right after its end, and the number of events that left unread; or why there is nothing to count
 * from.
 */
export type Standing =
  | {
      next: number;
      lost: number;
      why: null;
    }
  | { next: null; state: "none" | "unreadable" | "ahead"; why: Reason };

export interface Situation {
  partitionId: string;
  stream: Stream;
  standing: Standing;
  checkpoint: StoredCheckpoint | null;
}

/** Judges a checkpoint, or its absence. Stricter than the lag, because a plan counts from here. */
export function standingOf(
  checkpoint: StoredCheckpoint | null,
  stream: Stream,
  hubCreatedOn: EpochMs,
): Standing {
  if (checkpoint === null) return { next: null, state: "none", why: reason("noCheckpoint") };
  const { unreadable, sequenceNumber, offset } = checkpoint;
  if (unreadable !== null)
    return { next: null, state: "unreadable", why: reason("checkpointUnusable", { fault: unreadable }) };
  if (offset === "-1") return { next: stream.begin, lost: 0, why: null };
  if (hasNoPosition(checkpoint)) return { next: null, state: "none", why: reason("noPositionYet") };
  if (sequenceNumber === null || sequenceNumber < -1)
    return { next: null, state: "unreadable", why: reason("noSequenceNumber") };
  if (isOfFormerHub(checkpoint, hubCreatedOn))
    return { next: null, state: "ahead", why: reason("checkpointOfFormerHub") };
  if (sequenceNumber > stream.last)
    return {
      next: null,
      state: "ahead",
      why: reason("checkpointPastEnd", { sequenceNumber, lastSequenceNumber: stream.last }),
    };
  const next = sequenceNumber + 1;
  return { next: Math.max(next, stream.begin), lost: Math.max(0, stream.begin - next), why: null };
}
