import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { hasNoPosition } from "#lib/lag/checkpoint-position.ts";
import { formatCount } from "#lib/lag/counts.ts";
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
      fault: null;
    }
  /** Nothing is known to count from, for what the sentence says. */
  | { next: null; state: "none" | "unreadable" | "ahead"; fault: string };

/** Where a checkpoint, or there being none, leaves its group. Stricter than the lag: a plan counts from here. */
export function standingOf(
  checkpoint: StoredCheckpoint | null,
  stream: Stream,
  hubCreatedOn: EpochMs,
): Standing {
  if (checkpoint === null) return { next: null, state: "none", fault: "there is no checkpoint" };
  const { unreadable, sequenceNumber, offset } = checkpoint;
  if (unreadable !== null) return { next: null, state: "unreadable", fault: "its checkpoint can't be read" };
  if (offset === "-1") return { next: stream.begin, lost: 0, fault: null };
  if (hasNoPosition(checkpoint))
    return { next: null, state: "none", fault: "its checkpoint holds no position yet" };
  if (sequenceNumber === null || sequenceNumber < -1)
    return { next: null, state: "unreadable", fault: "its checkpoint holds no usable sequence number" };
  if (isOfFormerHub(checkpoint, hubCreatedOn))
    return {
      next: null,
      state: "ahead",
      fault: "its checkpoint is older than the event hub, which was re-created",
    };
  if (sequenceNumber > stream.last)
    return {
      next: null,
      state: "ahead",
      fault: `its checkpoint (${formatCount(sequenceNumber)}) lies past the last event (${formatCount(stream.last)}): the event hub was probably re-created`,
    };
  const next = sequenceNumber + 1;
  return { next: Math.max(next, stream.begin), lost: Math.max(0, stream.begin - next), fault: null };
}
