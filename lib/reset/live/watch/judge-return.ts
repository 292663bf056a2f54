import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { toIso } from "#lib/core/time.ts";
import type { Known, LiveState, VerifyingState } from "#lib/reset/live/state.ts";
import type { PartitionObservation } from "./signals.ts";

type Returned = Pick<LiveState, "target"> & Pick<Known, "highest" | "heldOff" | "owner" | "jump"> & Stream;
type Stream = Pick<Known, "broken" | "streamEnd" | "highest">;

/**
 * True if the processor that stored this checkpoint began at the target. T is the target, B the old processor's
 * furthest observed checkpoint; it may still handle events after B. For processors that store in order, only this
 * is proof:
 *
 * - T < S < B: the old one is past that.
 * - S > T where T >= B: from either place nothing wanted is left out.
 * - S > T where the old one had stored everything it received: it has nothing left to store.
 * - S below a checkpoint taken for the old one's: there are two processors, and this one began earlier.
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

/** True when an owner, or a reader that owns nothing, went on from the target. */
export function wasSeenToResume({
  resumedBy,
  owner,
  readFrom,
}: Pick<Known, "resumedBy" | "owner" | "readFrom">): boolean {
  return resumedBy !== null || (owner === null && readFrom !== null);
}

/**
 * True when the old processor had stored everything that it can have received. After a break-off the fence
 * may have been gone before we wrote. A checkpoint past the end came past a fence.
 */
export function hadStoredAll({ broken, streamEnd, highest }: Stream): boolean {
  return broken === null && (highest ?? -1) === streamEnd;
}

/** Returns a writer that can't have read the target; empty if its name is not known. Null: it may have. */
export function strangerIn(
  state: VerifyingState,
  { checkpoint, ownership }: PartitionObservation,
): string | null {
  const { owner, heldOff, ownerId, releasedEtag } = state;
  if (owner === null) {
    const isUnclaimed = ownership?.etag === releasedEtag || ownership?.ownerId === ownerId;
    return isUnclaimed ? (heldOff ?? "") : null;
  }
  const writer = checkpoint?.writtenBy ?? null;
  return writer !== null && writer === heldOff && writer !== owner.ownerId ? writer : null;
}

export function openQuestion({ target, highest, owner, releasedAt, jump }: VerifyingState): Reason {
  return reason("holdsUnknown", {
    ownerId: owner?.ownerId ?? null,
    sequenceNumber: jump?.sequenceNumber ?? null,
    formerSequenceNumber: highest,
    nextSequenceNumber: target + 1,
    releasedAt: toIso(releasedAt),
  });
}
