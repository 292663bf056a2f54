import type { EpochMs } from "#lib/core/time.ts";
import { firstAtOrAfter } from "../lag-seconds.ts";
import type { PositionRing } from "../positions.ts";
import { ratePerSecond, rateWindowMs } from "../rates.ts";
import { overduePeriods, recentCheckpoints, type WaitedMs } from "./recent-checkpoints.ts";

/** How long to wait for a second checkpoint, as for the status (lib/lag/README.md#status). */
const singleCheckpointMs = 5 * 60_000;

export interface PaceInput {
  positions: PositionRing;
  checkpoints: PositionRing;
  /** When the hub was read and the blobs were listed, each by its own clock; taken as the same moment. */
  hubNow: EpochMs;
  storeNow: EpochMs;
}

export interface Pace {
  eventsInPerSecond: number;
  eventsOutPerSecond: number;
}

/**
 * Compares input and output between checkpoints, over which the lag changes by the difference, however rare
 * or uneven they are. Events since the newest checkpoint count once the next is overdue by twice the longest
 * recent interval. Null with a single checkpoint, or none since the partition's end is watched.
 * @param isAcross counts standstills, so that it is known at the first checkpoint after one
 */
export function partitionPace(input: PaceInput, isAcross = false): Pace | null {
  const { positions, checkpoints, hubNow, storeNow } = input;
  const next = nextCheckpoint(input);
  if (next === null) return null;
  const base = isAcross ? next.baseBefore : next.base;
  const { newest, quietMs, overdueAfterMs, isOverdue, unread } = next;
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
 * How long the first unread event had waited at the newest checkpoint or, once the next is overdue, has
 * waited by now: seconds, never negative. Every group is behind between checkpoints; this tells if it was
 * behind at one. Null: unknown.
 */
export function secondsBehindAtCheckpoint(input: PaceInput): number | null {
  const next = nextCheckpoint(input);
  if (next === null || next.unread === null || !next.unread.isExact) return null;
  const then = next.isOverdue ? input.hubNow : toHubClock(input.checkpoints.timeAt(next.newest), input);
  return Math.max(0, then - next.unread.at) / 1000;
}

function nextCheckpoint(input: PaceInput) {
  const { positions, checkpoints, hubNow, storeNow } = input;
  const run = recentCheckpoints(checkpoints, storeNow, rateWindowMs, waitedFor(input));
  if (run === null) return null;
  const { newest, base, baseBefore, from, longestMs } = run;
  const quietMs = storeNow - checkpoints.timeAt(newest);
  const overdueAfterMs = from === null ? singleCheckpointMs : overduePeriods * longestMs;
  const unread = firstUnread(positions, checkpoints.sequenceNumberAt(newest));
  const waitsMs = unread === null ? 0 : Math.min(quietMs, hubNow - unread.at);
  return { newest, base, baseBefore, quietMs, overdueAfterMs, isOverdue: waitsMs > overdueAfterMs, unread };
}

/** For how long events waited for the next checkpoint: a time in which none came is no standstill. */
export function waitedFor(input: PaceInput): WaitedMs {
  const { positions, checkpoints } = input;
  return (index, lastSeenAt) => {
    const unread = firstUnread(positions, checkpoints.sequenceNumberAt(index));
    const stoodMs = lastSeenAt - checkpoints.timeAt(index);
    return unread === null ? 0 : Math.min(stoodMs, toHubClock(lastSeenAt, input) - unread.at);
  };
}

/**
 * When the first event after `position` was enqueued. Null: none seen. If nobody watched then, the time of the
 * next observation (not exact).
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

function toHubClock(time: EpochMs, { hubNow, storeNow }: PaceInput): EpochMs {
  return Math.min(hubNow, time + hubNow - storeNow);
}
