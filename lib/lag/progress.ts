import type { EpochMs } from "#lib/core/time.ts";

/**
 * The last checkpoint that was further than the one before it. Not exact: it was the first one seen, or came after a
 * time that nobody watched, so the group may have stood at its position since before `at`.
 */
export interface Progress {
  readonly at: EpochMs;
  readonly isExact: boolean;
}

interface Step {
  readonly sequenceNumber: number;
  readonly at: EpochMs;
  readonly blindMs: number | null;
}

/** @param from the position before the first commit; null: not known */
export function progressOver(
  commits: readonly Step[],
  from: number | null,
  before: Progress | null,
): Progress | null {
  let [progress, position] = [before, from];
  for (const { sequenceNumber, at, blindMs } of commits) {
    if (position === null) progress = { at, isExact: false };
    else if (sequenceNumber > position) progress = { at, isExact: blindMs === 0 };
    position = sequenceNumber;
  }
  return progress;
}

/** Merges what two dashboards know of one blob. `commits`: those of both, in order. */
export function mergeProgress(
  commits: readonly Step[],
  a: Progress | null,
  b: Progress | null,
): Progress | null {
  const [first, ...later] = commits;
  const seen = first === undefined ? null : progressOver(later, first.sequenceNumber, null);
  if (seen !== null) return seen;
  // They stand where the first one stands, so an exact time is the last progress, and the earlier bound is nearer to it.
  const exact = [a, b].filter((one) => one?.isExact === true);
  const known = (exact.length > 0 ? exact : [a, b]).filter((one) => one !== null);
  const earliest = exact.length === 0;
  return known.reduce<Progress | null>(
    (best, one) => (best === null || (earliest ? one.at < best.at : one.at > best.at) ? one : best),
    null,
  );
}
