import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { LagState } from "#lib/api/status.ts";
import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { checkpointPosition, hasNoPosition, isPutToStart, startOfStream } from "./checkpoint-position.ts";
import { toCount } from "./counts.ts";

/** Two reads may race, and two services' clocks are compared: each fault needs a margin. */
const staleReadMargin = 10_000;
const creationMarginMs = 60_000;

export interface PartitionLagInput {
  partition: PartitionProperties | null;
  checkpoint: StoredCheckpoint | null;
  hubCreatedOn: EpochMs | null;
  isAheadForLong?: boolean;
  firstSeenBegin?: number | null;
  partitionError?: Reason | null;
}

/**
 * `isUpperBound`: the lag is at most this. (Compacted hubs over-count too, but don't say that they are
 * compacted.) `retentionUsed`: lag as a share of the events in the stream; at 1 the next event to read is
 * about to leave.
 */
export interface PartitionLag {
  lag: number | null;
  lagState: LagState;
  reason: Reason | null;
  lostEvents: number | null;
  isUpperBound: boolean;
  hasPosition: boolean;
  retentionUsed: number | null;
}

/**
 * A group's lag on one partition: the rows of lib/lag/README.md#lag, in order. Expects blobs read before the
 * hub, so that events in between are counted, not subtracted.
 */
export function partitionLag(input: PartitionLagInput): PartitionLag {
  const { partition, checkpoint, hubCreatedOn } = input;
  if (partition === null) {
    return unknown("unknown", input.partitionError ?? reason("partitionNotRead"));
  }
  const begin = partition.beginningSequenceNumber;
  const last = partition.lastEnqueuedSequenceNumber;
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(last)) {
    return unknown("unknown", reason("numbersTooLarge"));
  }
  const fault = checkpoint === null ? null : unusable(checkpoint);
  if (fault !== null) return unknown("unreadable", fault);

  const isStart = checkpoint !== null && isPutToStart(checkpoint);
  const cp = checkpointPosition(checkpoint, input.firstSeenBegin ?? begin);
  if (checkpoint !== null && cp !== null && !isStart) {
    if (hubCreatedOn !== null && checkpoint.updatedAt < hubCreatedOn - creationMarginMs) {
      return unknown(
        "ahead",
        reason("checkpointBeforeHub", {
          writtenAt: toIso(checkpoint.updatedAt),
          createdOn: toIso(hubCreatedOn),
        }),
      );
    }
    if (cp - last > staleReadMargin || (cp > last && input.isAheadForLong === true)) {
      return unknown("ahead", reason("checkpointAhead", { sequenceNumber: cp, lastSequenceNumber: last }));
    }
  }
  if (partition.isEmpty || last < 0) {
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
    return known(
      "behindRetention",
      retained,
      retained,
      lost,
      reason("behindRetention", { sequenceNumber: cp, beginningSequenceNumber: begin, lostEvents: lost }),
    );
  }
  return known("ok", isStart ? retained : toCount(last - cp), retained, 0, null);
}

function known(
  lagState: LagState,
  lag: number,
  retained: number,
  lostEvents: number | null,
  why: Reason | null,
): PartitionLag {
  const retentionUsed = retained === 0 ? 0 : Math.min(1, lag / retained);
  const hasPosition = lagState !== "noCheckpoint";
  return { lag, lagState, reason: why, lostEvents, isUpperBound: !hasPosition, hasPosition, retentionUsed };
}

function unknown(lagState: LagState, why: Reason): PartitionLag {
  const nothing = { lag: null, lostEvents: null, retentionUsed: null };
  return { ...nothing, lagState, reason: why, isUpperBound: false, hasPosition: false };
}

function unusable(checkpoint: StoredCheckpoint): Reason | null {
  const { unreadable, sequenceNumber, offset } = checkpoint;
  if (unreadable !== null) return reason("checkpointUnusable", { fault: unreadable });
  if (hasNoPosition(checkpoint) && (offset === null || sequenceNumber === null)) return null;
  if (sequenceNumber === null) {
    return reason(offset === null ? "checkpointEmpty" : "checkpointOffsetOnly");
  }
  // -1, before the first event, is the only valid position below 0.
  if (!Number.isSafeInteger(sequenceNumber) || sequenceNumber < -1) {
    return reason("checkpointNoPosition", { sequenceNumber });
  }
  return null;
}

function noCheckpointReason(checkpoint: StoredCheckpoint | null, events: number): Reason {
  if (checkpoint?.offset === startOfStream) return reason("checkpointAtStart", { events });
  return reason("lagIsBounded", { events, hasBlob: checkpoint !== null });
}
