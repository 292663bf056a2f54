import type { EpochMs } from "#lib/core/time.ts";
import { firstAtOrAfter } from "../lag-seconds.ts";
import type { PositionRing } from "../positions.ts";
import { overduePeriods, ratePerSecond, rateWindowMs, recentCheckpoints } from "../rates.ts";

/**
 * How long the next checkpoint is waited for where a single one is known: as for the status
 * (lib/lag/README.md#status).
 */
const singleCheckpointMs = 5 * 60_000;

export interface PaceInput {
  /** Where the partition ended when, by this machine's clock. */
  positions: PositionRing;
  /** Where the group's checkpoint stood when, by the store's clock: `addCheckpointReading`. */
  checkpoints: PositionRing;
  /** When the hub was read, and when the blobs were listed, each by its clock: one is taken for the other. */
  hubNow: EpochMs;
  storeNow: EpochMs;
}

/** Events per second into a partition and, by its checkpoints, out of it: both over one and the same time. */
export interface Pace {
  eventsInPerSecond: number;
  eventsOutPerSecond: number;
}

/**
 * What comes in held against what goes out, from one checkpoint to another: over such a time the lag changes by the
 * difference, however rare the checkpoints and however uneven the input. What came since the newest counts once the
 * next is overdue, by twice the longest time between two of the last. Null while that is not known: with a single
 * checkpoint, or none since the partition's end is watched.
 */
export function partitionPace(input: PaceInput): Pace | null {
  const { positions, checkpoints, hubNow, storeNow } = input;
  const next = nextCheckpoint(input);
  if (next === null) return null;
  const { newest, base, quietMs, overdueAfterMs, isOverdue, unread } = next;
  if (quietMs > Math.max(rateWindowMs, overdueAfterMs) && (isOverdue || unread === null)) {
    const eventsInPerSecond = ratePerSecond(positions, hubNow);
    return eventsInPerSecond === null ? null : { eventsInPerSecond, eventsOutPerSecond: 0 };
  }
  const endsAt = isOverdue ? storeNow : checkpoints.timeAt(newest);
  const lastThen = endAt(positions, toHubClock(endsAt, input));
  if (base === null || lastThen === null) return null;
  for (let from = base; from < newest; from += 1) {
    const lastBefore = endAt(positions, toHubClock(checkpoints.timeAt(from), input));
    const span = endsAt - checkpoints.timeAt(from);
    const isSeenAgain = checkpoints.sequenceNumberAt(from) === checkpoints.sequenceNumberAt(from - 1);
    // Where nobody looked at the partition's end yet, a later checkpoint may do.
    if (lastBefore === null || isSeenAgain || span <= 0) continue;
    const out = checkpoints.sequenceNumberAt(newest) - checkpoints.sequenceNumberAt(from);
    return {
      eventsInPerSecond: ((lastThen - lastBefore) * 1000) / span,
      eventsOutPerSecond: (out * 1000) / span,
    };
  }
  return null;
}

/**
 * How long the first unread event had waited when the newest checkpoint was written, or, once the next is overdue, how
 * long it has by now: seconds, never negative. Between two checkpoints every group is behind by what came since; this
 * tells whether it was at the last. Null where it is not known.
 */
export function secondsBehindAtCheckpoint(input: PaceInput): number | null {
  const next = nextCheckpoint(input);
  if (next === null || next.unread === null || !next.unread.isExact) return null;
  const then = next.isOverdue ? input.hubNow : toHubClock(input.checkpoints.timeAt(next.newest), input);
  return Math.max(0, then - next.unread.at) / 1000;
}

/** What is known of the newest checkpoint, and of whether the one after it should be there. */
function nextCheckpoint(input: PaceInput) {
  const { positions, checkpoints, hubNow, storeNow } = input;
  const run = recentCheckpoints(checkpoints, storeNow);
  if (run === null) return null;
  const { newest, base, longestMs } = run;
  const quietMs = storeNow - checkpoints.timeAt(newest);
  const overdueAfterMs = base === null ? singleCheckpointMs : overduePeriods * longestMs;
  const unread = firstUnread(positions, checkpoints.sequenceNumberAt(newest));
  // Nobody checkpoints while nothing is there to be read.
  const waitsMs = unread === null ? 0 : Math.min(quietMs, hubNow - unread.at);
  return { newest, base, quietMs, overdueAfterMs, isOverdue: waitsMs > overdueAfterMs, unread };
}

/**
 * When the first event after `position` was enqueued; null where none was seen. Of one that came before anybody looked,
 * or while nobody did, that is the time by which it had (not exact).
 */
export function firstUnread(
  positions: PositionRing,
  position: number,
): { at: EpochMs; isExact: boolean } | null {
  const index = firstAtOrAfter(positions, position + 1);
  if (index === positions.size) return null;
  const value = positions.sequenceNumberAt(index);
  const at = positions.timeAt(index);
  if (index === 0) return { at, isExact: positions.startsExact && value === position + 1 };
  if (positions.endsGap(index)) return { at, isExact: false };
  const [valueBefore, before] = [positions.sequenceNumberAt(index - 1), positions.timeAt(index - 1)];
  const share = (position + 1 - valueBefore) / (value - valueBefore);
  return { at: before + share * (at - before), isExact: true };
}

/** The partition's last event at a time, interpolated; null where nobody looked around then. */
function endAt(positions: PositionRing, time: EpochMs): number | null {
  const after = positions.indexAfter(time);
  const value = positions.sequenceNumberAt(after - 1);
  const since = time - positions.timeAt(after - 1);
  if (after === 0) return null;
  if (since === 0) return value;
  if (after === positions.size || positions.endsGap(after)) return null;
  const share = since / (positions.timeAt(after) - positions.timeAt(after - 1));
  return value + share * (positions.sequenceNumberAt(after) - value);
}

/** Both clocks are read at nearly the same time, which tells how far they lie apart. */
function toHubClock(time: EpochMs, { hubNow, storeNow }: PaceInput): EpochMs {
  return Math.min(hubNow, time + hubNow - storeNow);
}
