import type { EpochMs } from "#lib/core/time.ts";

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
