import type { EpochMs } from "#lib/core/time.ts";
import { type LagSeconds, lagSeconds } from "./lag-seconds.ts";
import { mergePositions, PositionRing } from "./positions.ts";

/** Two days at a refresh every 10 seconds: some 10 kB a partition. */
const pastPairs = 600;
/** A twelfth of what a ring of every refresh holds: whoever is older than that is told within 9 %. */
const refreshesApart = 30;
/** Two pairs further apart have a time without a look between them. */
const longestGapSpaces = 2.5;

export function pastSpacingMs(refreshMs: number): number {
  return refreshesApart * refreshMs;
}

/** How far back positions are kept in all. */
export function pastMs(refreshMs: number): number {
  return pastPairs * pastSpacingMs(refreshMs);
}

/** A ring that reaches far back: with a pair now and then, while the ring of every refresh reaches back an hour. */
export function newPastPositions(refreshMs: number): PositionRing {
  return new PositionRing(pastPairs, longestGapSpaces * pastSpacingMs(refreshMs));
}

/** Notes where a partition ends, if it is time for it again; whoever re-created the hub starts anew. */
export function notePast(past: PositionRing, sequenceNumber: number, at: EpochMs, refreshMs: number): void {
  const newest = past.size - 1;
  const isDue = newest < 0 || at - past.timeAt(newest) >= pastSpacingMs(refreshMs);
  if (isDue || sequenceNumber < past.sequenceNumberAt(newest)) past.add(sequenceNumber, at);
}

export function mergePast(a: PositionRing, b: PositionRing): PositionRing {
  return mergePositions(a, b, pastPairs);
}

/** `lagSeconds`, with the past positions where the checkpoint stands before all that the newer ones hold. */
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
  // Before the newer ones' first pair, whatever the older ones' line between two pairs says.
  return { ...older, seconds: Math.max(older.seconds, newer.seconds ?? 0) };
}
