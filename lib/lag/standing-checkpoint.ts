import { smallest } from "#lib/core/known.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { hasNoPosition, isPutToStart } from "./checkpoint-position.ts";

/** A checkpoint that is ahead of the stream for more refreshes than this is no race between two readings. */
const staleReadRefreshes = 3;
/** And for at least so long: refreshes can be a second apart. */
const staleReadMs = 10_000;

/** What was seen of the checkpoint that stands since it was first seen. Immutable. */
export interface StandingCheckpoint {
  /** Names the checkpoint: a new one has another. */
  readonly updatedAt: EpochMs;
  readonly sequenceNumber: number | null;
  /** Of one that was put to the start: where the stream began when it was first seen. */
  readonly firstSeenBegin: number | null;
  /** Since when it has been ahead of the stream at every look; null: it was not at the last one. */
  readonly aheadSince: EpochMs | null;
  /** In how many refreshes; counted no further than it matters. */
  readonly aheadRefreshes: number;
}

export interface StandingInput {
  checkpoint: StoredCheckpoint | null;
  /** The partition as it was read; null: it was not. */
  partition: { beginningSequenceNumber: number; lastEnqueuedSequenceNumber: number } | null;
  /** By the clock of the checkpoints' times: the store's. */
  now: EpochMs;
}

/** Takes in one look. The same object comes back where nothing has changed. */
export function observeStanding(
  before: StandingCheckpoint | null,
  { checkpoint, partition, now }: StandingInput,
): StandingCheckpoint | null {
  if (checkpoint === null) return null;
  const { updatedAt, sequenceNumber } = checkpoint;
  const same = isOf(before, checkpoint) ? before : null;
  if (partition === null && same !== null) return same;
  const begin = isPutToStart(checkpoint) ? (partition?.beginningSequenceNumber ?? null) : null;
  const isAhead = partition !== null && isPast(checkpoint, partition.lastEnqueuedSequenceNumber);
  const after: StandingCheckpoint = {
    updatedAt,
    sequenceNumber,
    firstSeenBegin: same?.firstSeenBegin ?? begin,
    aheadSince: isAhead ? (same?.aheadSince ?? now) : null,
    aheadRefreshes: isAhead ? Math.min(staleReadRefreshes + 1, (same?.aheadRefreshes ?? 0) + 1) : 0,
  };
  return same !== null && isAlike(same, after) ? same : after;
}

/** Whether it was ahead for longer than a stale read explains, without having changed. */
export function isAheadForLong(standing: StandingCheckpoint | null, now: EpochMs): boolean {
  if (standing === null || standing.aheadSince === null) return false;
  return standing.aheadRefreshes > staleReadRefreshes && now - standing.aheadSince >= staleReadMs;
}

/** What was seen before a restart, taken into what was seen since; a checkpoint that has changed meanwhile counts alone. */
export function recallStanding(
  recalled: StandingCheckpoint,
  seen: StandingCheckpoint | null,
): StandingCheckpoint {
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

/** Nothing of it would be missed after a restart: the checkpoint is seen again as it is. */
export function isPlain({ firstSeenBegin, aheadSince }: StandingCheckpoint): boolean {
  return firstSeenBegin === null && aheadSince === null;
}

function isOf(
  standing: StandingCheckpoint | null,
  { updatedAt, sequenceNumber }: Pick<StoredCheckpoint, "updatedAt" | "sequenceNumber">,
): boolean {
  return standing?.updatedAt === updatedAt && standing.sequenceNumber === sequenceNumber;
}

function isPast(checkpoint: StoredCheckpoint, last: number): boolean {
  if (checkpoint.unreadable !== null || isPutToStart(checkpoint) || hasNoPosition(checkpoint)) return false;
  return (checkpoint.sequenceNumber ?? last) > last;
}

function isAlike(a: StandingCheckpoint, b: StandingCheckpoint): boolean {
  return (
    a.firstSeenBegin === b.firstSeenBegin &&
    a.aheadSince === b.aheadSince &&
    a.aheadRefreshes === b.aheadRefreshes
  );
}
