import type { EpochMs } from "#lib/core/time.ts";
import { type LagSeconds, lagSeconds } from "./lag-seconds.ts";
import { mergePositions, PositionRing } from "./positions.ts";

/**
 * One pair per 30 refreshes, two days at a refresh every 10 seconds: some 10 kB a partition. The age of
 * anything beyond the dense ring is off by at most 9 %.
 */
const pastPairs = 600;
const refreshesApart = 30;
const longestGapSpaces = 2.5;

export function pastSpacingMs(refreshMs: number): number {
  return refreshesApart * refreshMs;
}

export function pastMs(refreshMs: number): number {
  return pastPairs * pastSpacingMs(refreshMs);
}

export function newPastPositions(refreshMs: number): PositionRing {
  return new PositionRing(pastPairs, longestGapSpaces * pastSpacingMs(refreshMs));
}

export function notePast(past: PositionRing, sequenceNumber: number, at: EpochMs, refreshMs: number): void {
  const newest = past.size - 1;
  const isDue = newest < 0 || at - past.timeAt(newest) >= pastSpacingMs(refreshMs);
  if (isDue || sequenceNumber < past.sequenceNumberAt(newest)) past.add(sequenceNumber, at);
}

export function mergePast(a: PositionRing, b: PositionRing): PositionRing {
  return mergePositions(a, b, pastPairs);
}

/** Like `lagSeconds`, but uses the sparse ring for checkpoints older than the dense one. */
export function lagSecondsFarBack(
  positions: PositionRing,
  past: PositionRing,
  checkpointSequenceNumber: number | null,
  lag: number | null,
  now: EpochMs,
): LagSeconds {
  const newer = lagSeconds(positions, checkpointSequenceNumber, lag, now);
  const isBefore =
    checkpointSequenceNumber !== null && checkpointSequenceNumber < positions.sequenceNumberAt(0);
  if (!isBefore || lag === null || lag === 0) return newer;
  const older = lagSeconds(past, checkpointSequenceNumber, lag, now);
  if (older.seconds === null) return newer;
  return { ...older, seconds: Math.max(older.seconds, newer.seconds ?? 0) };
}
