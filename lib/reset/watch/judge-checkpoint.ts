import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { isOwnWrite, ownIdentifier } from "#lib/core/own-writes.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { EntryRecord } from "#lib/history/resets/reset-record.ts";
import { hadStoredAll, wasSeenToResume } from "#lib/reset/live/watch/judge-return.ts";
import { fromRecord } from "../live/progress.ts";
import { type Known, knownOf } from "../live/state.ts";

/** A partition as a refresh showed it. `listedAt`, like all times here, is by the store's clock. */
export interface WatchedPartition {
  listedAt: EpochMs;
  checkpoint: Pick<StoredCheckpoint, "sequenceNumber" | "offset" | "updatedAt" | "writtenBy"> | null;
  owner: { ownerId: string; lastRenewedAt: EpochMs; state: "active" | "expired" | "released" } | null;
}

/**
 * `progress`: a processor went on from the target. `open`: after a live reset, progress can't be told from an
 * overwrite. `arrived`: a write that was given up has arrived after all. `over`: another reset has written
 * it, so there is nothing left to watch.
 */
export type WatchVerdict =
  | { verdict: "stands" }
  | { verdict: "progress" }
  | { verdict: "overwritten"; reason: Reason }
  | { verdict: "open"; reason: Reason }
  | { verdict: "arrived" }
  | { verdict: "over" };

/**
 * Decides whether a processor that had read the old position overwrote a reset's checkpoint. T is the target, B the
 * position before, S the present one:
 *
 * - S < T is never progress: it was written over.
 * - S > T is progress where T >= B: a processor at B cannot be told from one at T there, and none is wronged.
 * - T < S < B is progress: nobody but one that began at T writes there.
 * - S >= B > T is progress once one of the former was seen, or where the writer has claimed the partition since
 *   the reset: then it began at T. Otherwise (no owner, or the one that held the partition before) it had the old
 *   position in hand.
 * - Where nothing usable stood before, B is not known: who held the partition before is taken to go on from there.
 *
 * After a live reset its processor, or a reader that owns nothing, may have come back and read T: there it takes that
 * the reset saw progress for itself, or the writer in possession while T stood, or that the old processor had nothing
 * left; else it is left open.
 */
export function judgeCheckpoint(
  resetId: string,
  entry: Pick<EntryRecord, "partitionId" | "write" | "before" | "lastOwnerId" | "after"> &
    Partial<Pick<EntryRecord, "live">>,
  seen: WatchedPartition,
  hasProgressed: boolean,
): WatchVerdict {
  const { write, before, after } = entry;
  const { checkpoint } = seen;
  const stands: WatchVerdict = { verdict: "stands" };
  if (write === null) return { verdict: "over" };
  const target = write.sequenceNumber;
  if (checkpoint?.writtenBy === ownIdentifier(resetId, entry.partitionId)) {
    return after === null && checkpoint.sequenceNumber === target ? { verdict: "arrived" } : stands;
  }
  if (isOwnWrite(checkpoint?.writtenBy ?? null)) return { verdict: "over" };
  if (after === null || seen.listedAt <= after.updatedAt) return stands;
  if (checkpoint === null) return overwritten(reason("deletedAfterReset"));

  const { sequenceNumber: standing, updatedAt } = checkpoint;
  if (updatedAt < after.updatedAt || standing === target) return stands;
  const writer = writerIn(seen);
  if (standing === null) return overwritten(reason("overwrittenUnreadable", writer));
  const at = { ...writer, sequenceNumber: standing };
  if (standing < target) {
    return overwritten(reason("overwrittenBefore", { ...at, targetSequenceNumber: target }));
  }
  const old = before?.sequenceNumber ?? null;
  const progress: WatchVerdict = { verdict: "progress" };
  if (hasProgressed) return progress;
  const stored = fromRecord(entry.live ?? null);
  const live = stored && knownOf(stored);
  if (old !== null && (old <= target || standing < old)) return progress;
  const isNew = isNewcomer(entry.lastOwnerId, after.updatedAt, seen);
  if (live !== null && (live.heldOff !== null || old !== null)) {
    if (wasSeenToResume(live)) return progress;
    if (live.heldOff === null ? isNew : hadStoredAll(live) || isKnownNewcomer(live, seen)) return progress;
    return {
      verdict: "open",
      reason: reason("progressOrOverwritten", { ...at, nextSequenceNumber: target + 1 }),
    };
  }
  if (old === null) {
    const isOfBefore = live === null && isLastOwner(entry.lastOwnerId, seen);
    if (!isOfBefore) return progress;
    return overwritten(reason("overwrittenFromOld", { ...at, formerSequenceNumber: null }));
  }
  if (isNew) return progress;
  return overwritten(reason("overwrittenFromOld", { ...at, formerSequenceNumber: old }));
}

function isLastOwner(lastOwnerId: string | null, { owner }: WatchedPartition): boolean {
  return lastOwnerId !== null && owner?.ownerId === lastOwnerId;
}

/** True for another owner than the paused one, if the reset saw it own the partition while the target stood. */
function isKnownNewcomer({ heldOff, owner: returned, end }: Known, { owner }: WatchedPartition): boolean {
  if (end?.result !== "written" || returned === null || returned.ownerId === heldOff) return false;
  return owner?.ownerId === returned.ownerId && owner.state === "active";
}

/** True for an owner that claimed the partition after the write, and so read the new checkpoint. */
function isNewcomer(lastOwnerId: string | null, writtenAt: EpochMs, { owner }: WatchedPartition): boolean {
  if (owner === null || owner.state === "expired" || owner.ownerId === lastOwnerId) return false;
  return owner.lastRenewedAt >= writtenAt;
}

function overwritten(why: Reason): WatchVerdict {
  return { verdict: "overwritten", reason: why };
}

/** `writer` null: a reader that owns no partition. */
function writerIn({ checkpoint, owner }: WatchedPartition) {
  const writer = checkpoint?.writtenBy ?? (owner?.state === "active" ? owner.ownerId : null);
  return { writer, writtenAt: toIso(checkpoint?.updatedAt ?? 0) };
}
