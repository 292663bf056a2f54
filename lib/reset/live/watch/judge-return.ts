import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { toIso } from "#lib/core/time.ts";
import type { Known, LiveState, VerifyingState } from "#lib/reset/live/state.ts";
import type { PartitionObservation } from "./signals.ts";

/** What tells if whoever came back began at the target. */
type Returned = Pick<LiveState, "target"> & Pick<Known, "highest" | "heldOff" | "owner" | "jump"> & Stream;
type Stream = Pick<Known, "broken" | "streamEnd" | "highest">;

/**
 * True if the processor that stored this checkpoint began at the target. With T the target and B the furthest place
 * seen of the old one, which may still be busy with what comes after B, only these are proof (of processors that
 * store what they have handled, in order):
 *
 * - T < S < B: the old one has that behind it.
 * - S > T where T >= B: going on from either leaves nothing out that was wanted.
 * - S > T where the old one had stored all that it can have been given: it has nothing left to store.
 * - S below one that was taken for the old one's: two processors, and this one began before it.
 *
 * How soon a checkpoint came proves nothing: a handler may end at any moment.
 */
export function isProgress(state: Returned, sequenceNumber: number): boolean {
  const { target, highest, heldOff, owner, jump } = state;
  if (owner === null || sequenceNumber <= target) return false;
  if (highest === null ? heldOff === null : target >= highest || sequenceNumber < highest) return true;
  if (jump !== null && jump.by === null && sequenceNumber < jump.sequenceNumber) return true;
  return hadStoredAll(state);
}

/** Somebody was seen to go on from the target: an owner, or a reader that owns nothing. */
export function wasSeenToResume({
  resumedBy,
  owner,
  readFrom,
}: Pick<Known, "resumedBy" | "owner" | "readFrom">): boolean {
  return resumedBy !== null || (owner === null && readFrom !== null);
}

/** The old processor had stored all that it can have been given: it has nothing left to store. */
export function hadStoredAll({ broken, streamEnd, highest }: Stream): boolean {
  // If it was broken off, the fence may have been gone before we wrote; one beyond the end came past a fence.
  return broken === null && (highest ?? -1) === streamEnd;
}

/** Who stored a checkpoint without having read the target; null: it may be one who has. */
export function strangerIn(
  state: VerifyingState,
  { checkpoint, ownership }: PartitionObservation,
): string | null {
  const { owner, heldOff, ownerId, releasedEtag } = state;
  if (owner === null) {
    const isUnclaimed = ownership?.etag === releasedEtag || ownership?.ownerId === ownerId;
    return isUnclaimed ? "A processor that owns the partition no longer" : null;
  }
  const writer = checkpoint?.writtenBy ?? null;
  return writer !== null && writer === heldOff && writer !== owner.ownerId ? writer : null;
}

/** Names what was seen when neither reading of it can be ruled out. */
export function openQuestion({ target, highest, owner, releasedAt, jump }: VerifyingState): Reason {
  return reason("holdsUnknown", {
    ownerId: owner?.ownerId ?? null,
    sequenceNumber: jump?.sequenceNumber ?? null,
    formerSequenceNumber: highest,
    nextSequenceNumber: target + 1,
    releasedAt: toIso(releasedAt),
  });
}
