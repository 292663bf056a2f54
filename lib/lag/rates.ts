import type { EpochMs } from "#lib/core/time.ts";
import {
  overduePeriods,
  type RecentCheckpoints,
  recentCheckpoints,
  type Start,
  type WaitedMs,
} from "./pace/recent-checkpoints.ts";
import type { PositionRing } from "./positions.ts";

export const rateWindowMs = 60_000;

/**
 * Events per second by which `last` moved, from the start of the window (or the oldest observation, if later) to
 * the newest observation. Null with fewer than two observations or none in the window. An unwatched time counts
 * as before the ring. A re-created hub starts the ring anew, so the rate is null first and never negative.
 */
export function ratePerSecond(readings: PositionRing, now: EpochMs, windowMs = rateWindowMs): number | null {
  const newest = readings.size - 1;
  const end = readings.timeAt(newest);
  const from = Math.max(now - windowMs, readings.timeAt(0));
  if (newest < 1 || !(end > from)) return null;
  const isOneValue = readings.sequenceNumberAt(0) === readings.sequenceNumberAt(newest);
  if (isOneValue && readings.startsExact && end - readings.timeAt(0) < windowMs) return null;
  let index = newest;
  while (index > 0 && readings.timeAt(index - 1) > from) index -= 1;

  if (readings.endsGap(index)) {
    const since = readings.timeAt(index);
    const events = readings.sequenceNumberAt(newest) - readings.sequenceNumberAt(index);
    return end > since ? (events * 1000) / (end - since) : null;
  }

  const before = index - 1;
  const span = readings.timeAt(index) - readings.timeAt(before);
  const share = span === 0 ? 0 : (from - readings.timeAt(before)) / span;
  const startValue =
    readings.sequenceNumberAt(before) +
    share * (readings.sequenceNumberAt(index) - readings.sequenceNumberAt(before));
  return Math.max(0, ((readings.sequenceNumberAt(newest) - startValue) * 1000) / (end - from));
}

export function addCheckpointReading(
  readings: PositionRing,
  sequenceNumber: number,
  updatedAt: EpochMs,
  readAt: EpochMs,
): void {
  readings.add(sequenceNumber, updatedAt);
  readings.add(sequenceNumber, readAt);
}

/** Without a checkpoint. */
export const noRates: CheckpointRates = { perSecond: null, overWindow: null, withStandstills: null };

export interface CheckpointRates {
  perSecond: number | null;
  /** The same with no event left out: summed up over time it tells how many events went out. */
  overWindow: number | null;
  /** The same over standstills too: how fast the group gets away from what retention takes, pauses included. */
  withStandstills: number | null;
}

/**
 * Events per second that a group checkpoints, by the checkpoints' own times. If checkpoints are rarer than
 * the window, the last two count. Once the next is overdue by twice the longest interval, the time since the
 * newest counts too, so that a stopped group loses its old rate; once it has resumed, nothing from before
 * counts. After a pause without events all that was checkpointed in the window counts, over the window. 0 when
 * nothing moved for the window and longer than between the last two. Null while unknown, also after a rewind;
 * a single checkpoint takes a window of watching.
 * @param now by the store's clock, as `watchedSince`
 * @param watchedSince since when no checkpoint can have gone unseen; null: nobody watched
 * @param waitedMs tells standstills from pauses; without it all are standstills
 */
export function checkpointRates(
  readings: PositionRing,
  now: EpochMs,
  watchedSince: EpochMs | null,
  waitedMs?: WaitedMs,
  windowMs = rateWindowMs,
): CheckpointRates {
  const run = recentCheckpoints(readings, now, windowMs);
  if (run === null) return noRates;
  const { fromBefore, newest } = run;
  if (fromBefore === null) {
    const quietMs = now - readings.timeAt(newest);
    const watchedMs = watchedSince === null ? 0 : now - watchedSince;
    const perSecond = Math.min(quietMs, watchedMs) > windowMs ? 0 : null;
    return { perSecond, overWindow: perSecond, withStandstills: perSecond };
  }
  const { usualMs } = fromBefore;
  const limitMs = usualMs === null ? Number.POSITIVE_INFINITY : Math.max(windowMs, usualMs);
  const overWindow = rateSince(fromBefore, run, { readings, now, windowMs, limitMs });
  const known = run.hasResumed ? recentCheckpoints(readings, now, windowMs, waitedMs) : null;
  const withStandstills = rateSince(fromBefore, run, { readings, now, windowMs });
  if (!known?.hasResumed || known.from === null)
    return { perSecond: overWindow, overWindow, withStandstills };
  return {
    perSecond: rateSince(known.from, known, { readings, now, windowMs }),
    overWindow,
    withStandstills,
  };
}

interface Window {
  readings: PositionRing;
  now: EpochMs;
  windowMs: number;
  limitMs?: number;
}

function rateSince(
  { sequenceNumber, at }: Start,
  { newest, longestMs }: RecentCheckpoints,
  { readings, now, windowMs, limitMs = Number.POSITIVE_INFINITY }: Window,
): number | null {
  const quietMs = now - readings.timeAt(newest);
  if (quietMs > Math.max(windowMs, longestMs)) return 0;
  const end = quietMs > overduePeriods * longestMs ? now : readings.timeAt(newest);
  const span = Math.min(limitMs, end - at);
  return span > 0 ? ((readings.sequenceNumberAt(newest) - sequenceNumber) * 1000) / span : null;
}

/**
 * Seconds until a group catches up at these rates: lag / (out - in) if more goes out than comes in, else null
 * (lib/lag/README.md#rates). 0 without lag.
 */
export function catchUpSeconds(
  lag: number | null,
  inPerSecond: number | null,
  outPerSecond: number | null,
): number | null {
  if (lag === 0) return 0;
  if (lag === null || inPerSecond === null || outPerSecond === null) return null;
  return outPerSecond > inPerSecond ? lag / (outPerSecond - inPerSecond) : null;
}
