import { smallest } from "#lib/core/known.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { hasNoPosition, isPutToStart } from "./checkpoint-position.ts";

/** Ahead of the stream for more refreshes than this is no race between two reads. */
const staleReadRefreshes = 3;
const staleReadMs = 10_000;

/** What refreshes have seen of the checkpoint that stands now. Kept over restarts. */
export interface CheckpointMemory {
  readonly updatedAt: EpochMs;
  readonly sequenceNumber: number | null;
  readonly firstSeenBegin: number | null;
  readonly aheadSince: EpochMs | null;
  readonly aheadRefreshes: number;
}

export interface CheckpointObservation {
  checkpoint: StoredCheckpoint | null;
  partition: { beginningSequenceNumber: number; lastEnqueuedSequenceNumber: number } | null;
  now: EpochMs;
}

/** Takes in one observation. Returns the same object if nothing changed. */
export function observeCheckpoint(
  before: CheckpointMemory | null,
  { checkpoint, partition, now }: CheckpointObservation,
): CheckpointMemory | null {
  if (checkpoint === null) return null;
  const { updatedAt, sequenceNumber } = checkpoint;
  const same = isOf(before, checkpoint) ? before : null;
  if (partition === null && same !== null) return same;
  const begin = isPutToStart(checkpoint) ? (partition?.beginningSequenceNumber ?? null) : null;
  const isAhead = partition !== null && isPast(checkpoint, partition.lastEnqueuedSequenceNumber);
  const after: CheckpointMemory = {
    updatedAt,
    sequenceNumber,
    firstSeenBegin: same?.firstSeenBegin ?? begin,
    aheadSince: isAhead ? (same?.aheadSince ?? now) : null,
    aheadRefreshes: isAhead ? Math.min(staleReadRefreshes + 1, (same?.aheadRefreshes ?? 0) + 1) : 0,
  };
  return same !== null && isAlike(same, after) ? same : after;
}

export function isAheadForLong(memory: CheckpointMemory | null, now: EpochMs): boolean {
  if (memory === null || memory.aheadSince === null) return false;
  return memory.aheadRefreshes > staleReadRefreshes && now - memory.aheadSince >= staleReadMs;
}

/** Merges what was recalled after a restart; a checkpoint that changed meanwhile counts alone. */
export function recallCheckpoint(
  recalled: CheckpointMemory,
  seen: CheckpointMemory | null,
): CheckpointMemory {
  if (seen === null) return recalled;
  if (!isOf(recalled, seen)) return seen;
  const isAhead = seen.aheadSince !== null;
  return {
    ...seen,
    firstSeenBegin: smallest([recalled.firstSeenBegin, seen.firstSeenBegin]),
    aheadSince: isAhead ? (recalled.aheadSince ?? seen.aheadSince) : null,
    aheadRefreshes: isAhead ? Math.max(recalled.aheadRefreshes, seen.aheadRefreshes) : 0,
  };
}

/** True when a restart loses nothing: the next observation finds the same. */
export function isPlain({ firstSeenBegin, aheadSince }: CheckpointMemory): boolean {
  return firstSeenBegin === null && aheadSince === null;
}

function isOf(
  memory: CheckpointMemory | null,
  { updatedAt, sequenceNumber }: Pick<StoredCheckpoint, "updatedAt" | "sequenceNumber">,
): boolean {
  return memory?.updatedAt === updatedAt && memory.sequenceNumber === sequenceNumber;
}

function isPast(checkpoint: StoredCheckpoint, last: number): boolean {
  if (checkpoint.unreadable !== null || isPutToStart(checkpoint) || hasNoPosition(checkpoint)) return false;
  return (checkpoint.sequenceNumber ?? last) > last;
}

function isAlike(a: CheckpointMemory, b: CheckpointMemory): boolean {
  return (
    a.firstSeenBegin === b.firstSeenBegin &&
    a.aheadSince === b.aheadSince &&
    a.aheadRefreshes === b.aheadRefreshes
  );
}
