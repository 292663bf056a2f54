import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { checkpointPosition, startOfStream } from "./checkpoint-position.ts";
import { toCount } from "./counts.ts";

/**
 * `waterMark`: the last sequence number that was checkpointed or counted; never falls, -1 precedes the first event.
 * `gone`: the last that was seen to have left, from the water mark on. `lost`: events that left before the group had
 * checkpointed them. `first`: the first observation, for `mergeLosses`; null after the merge with the history.
 */
export interface LossWatch {
  readonly waterMark: number;
  readonly gone: number;
  readonly lost: number;
  readonly since: EpochMs;
  readonly first: FirstLook | null;
}

/** `isSettled`: a later look at the checkpoint tells which of what had gone by then it does not cover. */
interface FirstLook {
  readonly position: number;
  readonly gone: number;
  readonly isSettled: boolean;
}

export interface LossObservation {
  partition: PartitionProperties | null;
  checkpoint: StoredCheckpoint | null;
  isAhead: boolean;
  at: EpochMs;
}

/**
 * Takes in an observation of a partition (lib/lag/README.md#lost-over-time). The water mark starts at the checkpoint,
 * or at the stream's beginning if that is further; rewinds and resets never lower it. Without a position it
 * stays, and the next readable one tells what was lost. An observation reads the checkpoint before the stream, and it
 * may have moved in between: so what has left counts at the next one, if the checkpoint is still below.
 * @returns null when nothing can be counted: no checkpoint was ever seen, or it is of another stream
 */
export function observeLosses(before: LossWatch | null, observation: LossObservation): LossWatch | null {
  if (observation.isAhead) return null;
  const position = positionOf(observation.checkpoint);
  if (observation.partition === null || position === null) return before;
  const gone = lastGone(observation.partition);
  if (!Number.isSafeInteger(gone)) return before;
  if (before === null) {
    const waterMark = Math.max(position, gone);
    const first = { position, gone, isSettled: gone <= position };
    return { waterMark, gone: waterMark, lost: 0, since: observation.at, first };
  }
  return advance(before, position, gone);
}

export function mergeLosses(recalled: LossWatch, seen: LossWatch | null): LossWatch {
  if (seen === null) return recalled;
  if (seen.first === null) return seen;
  const { position, gone, isSettled } = seen.first;
  if (!isSettled) return advance(recalled, position, gone);
  const { lost, since } = advance({ ...recalled, gone: Math.max(recalled.gone, gone) }, position, gone);
  const waterMark = Math.max(recalled.waterMark, seen.waterMark);
  // What the history counted already is not counted again after a rewind.
  const seenLost = Math.min(seen.lost, waterMark - recalled.waterMark);
  return {
    waterMark,
    gone: Math.max(waterMark, seen.gone),
    lost: toCount(lost + seenLost),
    since,
    first: null,
  };
}

function advance(before: LossWatch, position: number, goneNow: number): LossWatch {
  const read = Math.max(before.waterMark, position);
  const waterMark = Math.max(read, before.gone);
  const gone = Math.max(waterMark, goneNow);
  const first = settled(before.first, position);
  if (waterMark === before.waterMark && gone === before.gone && first === before.first) return before;
  return { ...before, waterMark, gone, lost: toCount(before.lost + waterMark - read), first };
}

function settled(first: FirstLook | null, position: number): FirstLook | null {
  if (first === null || first.isSettled) return first;
  return { ...first, position: Math.max(first.position, position), isSettled: true };
}

function positionOf(checkpoint: StoredCheckpoint | null): number | null {
  const position = checkpointPosition(checkpoint);
  if (position !== null) return Number.isSafeInteger(position) && position >= -1 ? position : null;
  if (checkpoint === null || checkpoint.unreadable !== null || checkpoint.format !== "common") return null;
  return checkpoint.offset === startOfStream && checkpoint.sequenceNumber !== null ? -1 : null;
}

function lastGone({
  isEmpty,
  beginningSequenceNumber: begin,
  lastEnqueuedSequenceNumber: last,
}: PartitionProperties): number {
  return Math.max(-1, isEmpty || last < 0 ? last : begin - 1);
}
