import type { EpochMs } from "#lib/core/time.ts";

// A lag of a few seconds changes with every checkpoint, so it would flicker.
const noticeableSeconds = 10;

export interface BehindFigures {
  lag: number | null;
  allowedLag: number;
  /** How long the first unread event had waited at the last checkpoint. */
  secondsAtCheckpoint: number | null;
  inPerSecond: number | null;
}

/**
 * Uses the time lag at the last checkpoint, since everybody is behind in between; else how long the input
 * takes to make such a lag. Null when neither is known.
 */
export function isFarBehind(figures: BehindFigures): boolean | null {
  const { lag, allowedLag, secondsAtCheckpoint, inPerSecond } = figures;
  if (secondsAtCheckpoint !== null) return secondsAtCheckpoint >= noticeableSeconds;
  if (lag === null || lag <= allowedLag) return false;
  return inPerSecond === null ? null : lag > inPerSecond * noticeableSeconds;
}

/** `since`: when a group was first seen behind after it had been seen caught up; null: caught up, or not known. */
export interface Behind {
  readonly at: EpochMs;
  readonly isBehind: boolean;
  readonly since: EpochMs | null;
}

/**
 * Takes in an observation. One that tells nothing changes nothing, but what was known is forgotten once nobody
 * could tell for longer than `longestGapMs`.
 */
export function observeBehind(
  before: Behind | null,
  isBehind: boolean | null,
  now: EpochMs,
  longestGapMs: number,
): Behind | null {
  const known = before !== null && now - before.at <= longestGapMs ? before : null;
  if (isBehind === null) return known;
  if (!isBehind || known === null) return { at: now, isBehind, since: null };
  return { at: now, isBehind, since: known.isBehind ? known.since : now };
}
