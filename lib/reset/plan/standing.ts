import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { hasNoPosition } from "#lib/lag/checkpoint-position.ts";
import type { Stream } from "./stream.ts";

/** Two services' clocks are compared. */
const creationMarginMs = 60_000;

/** Whether a checkpoint is of an event hub that had this one's name before: its offset means nothing here. */
export function isOfFormerHub(
  { updatedAt, offset }: Pick<StoredCheckpoint, "updatedAt" | "offset">,
  hubCreatedOn: EpochMs,
): boolean {
  return offset !== "-1" && updatedAt < hubCreatedOn - creationMarginMs;
}

/** Where a group stands in a partition's stream. */
export type Standing =
  | {
      /** The next event that it would read: within the stream, or right after its end. */
      next: number;
      /** Events that left the stream before it read them. */
      lost: number;
      why: null;
    }
  /** There is nothing to count from. */
  | { next: null; state: "none" | "unreadable" | "ahead"; why: Reason };

/** Where a checkpoint, or there being none, leaves its group. Stricter than the lag: a plan counts from here. */
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
