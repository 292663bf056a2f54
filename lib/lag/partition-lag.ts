import type { LagState } from "#lib/api/status.ts";
import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { checkpointPosition, hasNoPosition, isPutToStart, startOfStream } from "./checkpoint-position.ts";
import { formatCount, toCount } from "./counts.ts";

/** A checkpoint may be this far ahead of `last` and still be the race between two readings. */
const staleReadMargin = 10_000;
/** How much earlier than the hub's creation a checkpoint must be: two services' clocks are compared. */
const creationMarginMs = 60_000;

export interface PartitionLagInput {
  /** Null where the partition could not be read. */
  partition: PartitionProperties | null;
  /** Null where there is none. */
  checkpoint: StoredCheckpoint | null;
  hubCreatedOn: EpochMs | null;
  /** It has been ahead of the stream, unchanged, for longer than a stale read explains: `isAheadForLong`. */
  isAheadForLong?: boolean;
  /** Where the stream began when this checkpoint was first seen; absent or null: where it begins now. */
  firstSeenBegin?: number | null;
  /** Why the partition could not be read: a sentence, for the reason. */
  partitionError?: string | null;
}

export interface PartitionLag {
  /** Events that the group has yet to process; never negative, a safe integer. Null: unknown. */
  lag: number | null;
  lagState: LagState;
  /** A sentence for a person where the state is neither `ok` nor `empty`. */
  reason: string | null;
  /** Events that left the stream unprocessed. Null where there is no position to count from. */
  lostEvents: number | null;
  /** The lag is at most this. (Compacted hubs also over-count, but do not say that they are compacted.) */
  isUpperBound: boolean;
  /** There is a checkpoint that says how far the group has come. */
  hasPosition: boolean;
  /** Lag as a share of the events in the stream, 0 to 1: at 1 the next one to be read is about to leave. */
  retentionUsed: number | null;
}

/**
 * How far a group is behind on one partition: the rows of facts section 2 ("Lag"), in their order.
 * Expects blobs that were read before the hub, so that what arrives in between is counted, not subtracted.
 */
export function partitionLag(input: PartitionLagInput): PartitionLag {
  const { partition, checkpoint, hubCreatedOn } = input;
  if (partition === null) {
    return unknown("unknown", input.partitionError ?? "The partition's properties could not be read.");
  }
  const begin = partition.beginningSequenceNumber;
  const last = partition.lastEnqueuedSequenceNumber;
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(last)) {
    return unknown("unknown", "The service reports sequence numbers too large to calculate with.");
  }
  const fault = checkpoint === null ? null : unusable(checkpoint);
  if (fault !== null) return unknown("unreadable", fault);

  const isStart = checkpoint !== null && isPutToStart(checkpoint);
  const cp = checkpointPosition(checkpoint, input.firstSeenBegin ?? begin);
  if (checkpoint !== null && cp !== null && !isStart) {
    if (hubCreatedOn !== null && checkpoint.updatedAt < hubCreatedOn - creationMarginMs) {
      return unknown("ahead", recreatedReason(checkpoint.updatedAt, hubCreatedOn));
    }
    if (cp - last > staleReadMargin || (cp > last && input.isAheadForLong === true)) {
      return unknown("ahead", aheadReason(cp, last));
    }
  }
  if (partition.isEmpty || last < 0) {
    // Nothing is left in the stream, so whatever lies after the checkpoint was lost.
    const lostEvents = cp === null ? null : toCount(last - cp);
    const nothing = { lag: 0, lagState: "empty", reason: null, retentionUsed: 0 } as const;
    return { ...nothing, lostEvents, isUpperBound: false, hasPosition: cp !== null };
  }
  const retained = toCount(last - begin + 1);
  if (cp === null) {
    return known("noCheckpoint", retained, retained, null, noCheckpointReason(checkpoint, retained));
  }
  if (cp < begin - 1) {
    const lost = toCount(begin - 1 - cp);
    return known("behindRetention", retained, retained, lost, lostReason(cp, begin, lost));
  }
  // One that was put to the start reads on at the beginning, whatever number stands there.
  return known("ok", isStart ? retained : toCount(last - cp), retained, 0, null);
}

function known(
  lagState: LagState,
  lag: number,
  retained: number,
  lostEvents: number | null,
  reason: string | null,
): PartitionLag {
  const retentionUsed = retained === 0 ? 0 : Math.min(1, lag / retained);
  const hasPosition = lagState !== "noCheckpoint";
  return { lag, lagState, reason, lostEvents, isUpperBound: !hasPosition, hasPosition, retentionUsed };
}

function unknown(lagState: LagState, reason: string): PartitionLag {
  const nothing = { lag: null, lostEvents: null, retentionUsed: null };
  return { ...nothing, lagState, reason, isUpperBound: false, hasPosition: false };
}

function unusable(checkpoint: StoredCheckpoint): string | null {
  const { unreadable, sequenceNumber, offset } = checkpoint;
  if (unreadable !== null) return `The checkpoint can't be used: ${unreadable}.`;
  if (hasNoPosition(checkpoint) && (offset === null || sequenceNumber === null)) return null;
  if (sequenceNumber === null) {
    return offset === null
      ? "The checkpoint holds neither a sequence number nor an offset."
      : "The checkpoint holds an offset but no sequence number, so its distance can't be counted.";
  }
  // Only -1, the place before a stream's first event, is a position below 0.
  if (!Number.isSafeInteger(sequenceNumber) || sequenceNumber < -1) {
    return `The checkpoint's sequence number ${sequenceNumber} is no position in a stream.`;
  }
  return null;
}

function recreatedReason(updatedAt: EpochMs, createdOn: EpochMs): string {
  const written = new Date(updatedAt).toISOString();
  const created = new Date(createdOn).toISOString();
  return `The checkpoint was written at ${written}, before this event hub was created at ${created}: the hub was re-created, and processors will fail on the old offset until the group is reset.`;
}

function noCheckpointReason(checkpoint: StoredCheckpoint | null, retained: number): string {
  if (checkpoint?.offset === startOfStream)
    return `The checkpoint stands before the stream's first event: the group reads from the oldest event there is, ${formatCount(retained)} in all.`;
  const what = checkpoint === null ? "There is no checkpoint" : "The checkpoint names no event";
  return `${what}: where the group will start depends on its processors, so the lag is at most the ${formatCount(retained)} events in the stream.`;
}

function aheadReason(cp: number, last: number): string {
  return `The checkpoint (${cp}) is ${formatCount(cp - last)} past the last event (${last}): the event hub was re-created, or its name leads to another namespace now. Processors fail on the old offset, or skip events until the stream gets there.`;
}

function lostReason(cp: number, begin: number, lost: number): string {
  return `The checkpoint (${cp}) lies before the oldest event in the stream (${begin}): ${formatCount(lost)} events left the stream before they were processed.`;
}
