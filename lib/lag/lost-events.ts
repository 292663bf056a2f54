import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { checkpointPosition, startOfStream } from "./checkpoint-position.ts";
import { toCount } from "./counts.ts";

/**
 * `waterMark`: the last sequence number that was read or counted as lost; never falls, -1 precedes the first
 * event. `lost`: events that left above it, a lower bound. `first`: the first observation's result, for
 * `mergeLosses`; null after the merge with the history.
 */
export interface LossWatch {
  readonly waterMark: number;
  readonly lost: number;
  readonly since: EpochMs;
  readonly first: { readonly position: number; readonly gone: number } | null;
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
 * stays, and the next readable one tells what was lost.
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
    return { waterMark, lost: 0, since: observation.at, first: { position, gone } };
  }
  return advance(before, position, gone);
}

export function mergeLosses(recalled: LossWatch, seen: LossWatch | null): LossWatch {
  if (seen === null) return recalled;
  if (seen.first === null) return seen;
  const { lost, since } = advance(recalled, seen.first.position, seen.first.gone);
  const waterMark = Math.max(recalled.waterMark, seen.waterMark);
  return { waterMark, lost: toCount(lost + seen.lost), since, first: null };
}

function advance(before: LossWatch, position: number, gone: number): LossWatch {
  const read = Math.max(before.waterMark, position);
  const waterMark = Math.max(read, gone);
  if (waterMark === before.waterMark) return before;
  return { ...before, waterMark, lost: toCount(before.lost + waterMark - read) };
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
