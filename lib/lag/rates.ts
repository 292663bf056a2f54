import type { EpochMs } from "#lib/core/time.ts";
import type { PositionRing } from "./positions.ts";

export const rateWindowMs = 60_000;

export const overduePeriods = 2;

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

/**
 * Events per second that a group checkpoints, by the checkpoints' own times. If checkpoints are rarer than
 * the window, the last two count. Once the next is overdue by twice the longest interval, the time since the
 * newest counts too, so that a stopped group loses its old rate. 0 when nothing moved for the window and
 * longer than between the last two. Null while unknown, also after a rewind; a single checkpoint takes a
 * window of watching.
 * @param now by the store's clock, as `watchedSince`
 * @param watchedSince since when no checkpoint can have gone unseen; null: nobody watched
 */
export function checkpointRatePerSecond(
  readings: PositionRing,
  now: EpochMs,
  watchedSince: EpochMs | null,
  windowMs = rateWindowMs,
): number | null {
  const run = recentCheckpoints(readings, now, windowMs);
  if (run === null) return null;
  const { base, newest, longestMs } = run;
  const quietMs = now - readings.timeAt(newest);
  if (base === null) {
    const watchedMs = watchedSince === null ? 0 : now - watchedSince;
    return Math.min(quietMs, watchedMs) > windowMs ? 0 : null;
  }
  if (quietMs > Math.max(windowMs, longestMs)) return 0;

  const end = quietMs > overduePeriods * longestMs ? now : readings.timeAt(newest);
  const span = end - readings.timeAt(base);
  const events = readings.sequenceNumberAt(newest) - readings.sequenceNumberAt(base);
  return span > 0 ? (events * 1000) / span : null;
}

interface RecentCheckpoints {
  newest: number;
  base: number | null;
  longestMs: number;
}

export function recentCheckpoints(
  readings: PositionRing,
  now: EpochMs,
  windowMs = rateWindowMs,
): RecentCheckpoints | null {
  const newest = firstObservation(readings, readings.size - 1);
  if (newest < 0) return null;
  if (newest === 0) return { newest, base: null, longestMs: 0 };
  let base = newest;
  let longestMs = 0;
  do {
    const after = readings.timeAt(base);
    base = firstObservation(readings, base - 1);
    longestMs = Math.max(longestMs, after - readings.timeAt(base));
  } while (base > 0 && readings.timeAt(base) > now - windowMs);
  return { newest, base, longestMs };
}

function firstObservation(readings: PositionRing, index: number): number {
  const isPlateau = index > 0 && readings.sequenceNumberAt(index - 1) === readings.sequenceNumberAt(index);
  return isPlateau ? index - 1 : index;
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
