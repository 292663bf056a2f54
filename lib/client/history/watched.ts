import type { EpochMs } from "#lib/core/time.ts";
import { rangeMoments, type TimeRange } from "./time-range.ts";

const usual: TimeRange = { kind: "last", preset: "1h" };
/** With less than this share of it watched, most of the usual range would be blank. */
const blankShare = 0.25;

/** What is shown where no range was asked for: the last hour, or all that was watched where that is little. */
export function firstRange(watchedSince: EpochMs | null, now: EpochMs): TimeRange {
  const usualMs = now - rangeMoments(usual, now).from;
  return watchedSince !== null && now - watchedSince < blankShare * usualMs
    ? { kind: "since", from: watchedSince }
    : usual;
}

/** Less than this share of a range is not worth a word. */
const wordShare = 0.1;

/**
 * The end of what was not watched of a range, as the start of a step; null where all of it was, or that is not
 * known.
 */
export function unwatchedUntil(
  watchedSince: string | null,
  { from, to }: { from: EpochMs; to: EpochMs },
  stepSeconds: number,
): EpochMs | null {
  if (watchedSince === null) return null;
  const stepMs = stepSeconds * 1000;
  const until = from + Math.floor((Date.parse(watchedSince) - from) / stepMs) * stepMs;
  return until > from ? Math.min(until, to) : null;
}

/** Whether so much of a range was not watched that the page says so. */
export function isWorthAWord(watchedSince: string | null, range: { from: EpochMs; to: EpochMs }): boolean {
  return watchedSince !== null && Date.parse(watchedSince) - range.from > wordShare * (range.to - range.from);
}
