import type { EpochMs } from "#lib/core/time.ts";
import { rangeMoments, type TimeRange } from "./time-range.ts";

const usual: TimeRange = { kind: "last", preset: "1h" };
const blankShare = 0.25;

/** The default range: the last hour, or since the start if that was recent. */
export function firstRange(watchedSince: EpochMs | null, now: EpochMs): TimeRange {
  const usualMs = now - rangeMoments(usual, now).from;
  return watchedSince !== null && now - watchedSince < blankShare * usualMs
    ? { kind: "since", from: watchedSince }
    : usual;
}

const wordShare = 0.1;

/** The end of a range's unwatched part, as the start of a step. Null: all watched, or unknown. */
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

export function isWorthAWord(watchedSince: string | null, range: { from: EpochMs; to: EpochMs }): boolean {
  return watchedSince !== null && Date.parse(watchedSince) - range.from > wordShare * (range.to - range.from);
}
