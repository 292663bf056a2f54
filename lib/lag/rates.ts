import type { EpochMs } from "#lib/core/time.ts";
import type { PositionRing } from "./positions.ts";

/** What a rate is taken over. It is told on the pages and in the API's description. */
export const rateWindowMs = 60_000;

/** A checkpoint that has not come for so many times the longest usual time does not just come a little late. */
export const overduePeriods = 2;

/**
 * Events per second that `last` moved by, from the window's start (or the oldest sighting, where that is
 * later) to the newest sighting. Null with fewer than two sightings, or none within the window. A time in which
 * nobody looked counts as before the ring: what came in it may have come at any rate.
 * A ring starts anew when its value falls, so a re-created hub gives null first, and never less than 0.
 * That nothing came since the newest event, a moment ago, is no rate either.
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

  // The pairs around the window's start; `from` is the first pair's own time where it has no earlier one.
  const before = index - 1;
  const span = readings.timeAt(index) - readings.timeAt(before);
  const share = span === 0 ? 0 : (from - readings.timeAt(before)) / span;
  const startValue =
    readings.sequenceNumberAt(before) +
    share * (readings.sequenceNumberAt(index) - readings.sequenceNumberAt(before));
  return Math.max(0, ((readings.sequenceNumberAt(newest) - startValue) * 1000) / (end - from));
}

/**
 * Notes a checkpoint for `checkpointRatePerSecond`: where it stands, since when, and that it still does.
 * Both times are by the store's clock (Last-Modified, and the listing's Date).
 */
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
 * Events per second that a group checkpoints on a partition, by the times that the checkpoints were written.
 * A group that checkpoints less often than the window is rated from its last two: else it would show 0, and
 * now and then a peak. Once the next is overdue, by twice the longest time between two of the window, the time since
 * the newest counts as well: a group that stopped must not be shown at its old rate. 0 once nothing moved for the
 * window and for longer than between the last two; null while that can't be told, which includes the time after a
 * rewind. Of a group with one known checkpoint it takes a window's watching to tell that it does not move.
 * @param now by the store's clock, as `watchedSince`
 * @param watchedSince since when no checkpoint can have gone unseen; null: nobody looked
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

/** Checkpoints of a partition, as indices of their first sightings. */
interface RecentCheckpoints {
  newest: number;
  /** The last from before the window, else the oldest known; always one before the newest. Null: there is none. */
  base: number | null;
  /** The longest time between two of them; 0 where there is only one. */
  longestMs: number;
}

/** Those that a rate over the window is taken from; null where none is known. */
export function recentCheckpoints(
  readings: PositionRing,
  now: EpochMs,
  windowMs = rateWindowMs,
): RecentCheckpoints | null {
  const newest = firstSighting(readings, readings.size - 1);
  if (newest < 0) return null;
  if (newest === 0) return { newest, base: null, longestMs: 0 };
  let base = newest;
  let longestMs = 0;
  do {
    const after = readings.timeAt(base);
    base = firstSighting(readings, base - 1);
    longestMs = Math.max(longestMs, after - readings.timeAt(base));
  } while (base > 0 && readings.timeAt(base) > now - windowMs);
  return { newest, base, longestMs };
}

/** Index of the first pair with the value that the index-th pair has. */
function firstSighting(readings: PositionRing, index: number): number {
  const isPlateau = index > 0 && readings.sequenceNumberAt(index - 1) === readings.sequenceNumberAt(index);
  return isPlateau ? index - 1 : index;
}

/**
 * Seconds until a group is level at these rates (events per second): lag / (out - in) where more goes
 * out than comes in, else null (lib/lag/README.md#rates). 0 where it is level.
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
