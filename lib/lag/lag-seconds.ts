import type { EpochMs } from "#lib/core/time.ts";
import type { PositionRing } from "./positions.ts";

export interface LagSeconds {
  seconds: number | null;
  quality: "level" | "measured" | "lowerBound" | "unknown";
}

/**
 * Estimates the age of the event at the checkpoint from the recorded ends of the partition
 * (lib/lag/README.md#lag-in-seconds). `now` is by the clock of the pairs. An event that came while nobody
 * looked counts from the next observation; the last event before a pause counts from its first observation.
 * `lowerBound` means at least this: nobody watched then, or the checkpoint is older than every kept pair,
 * perhaps by much.
 */
export function lagSeconds(
  pairs: PositionRing,
  checkpointSequenceNumber: number | null,
  lag: number | null,
  now: EpochMs,
): LagSeconds {
  if (lag === 0) return { seconds: 0, quality: "level" };
  if (lag === null || checkpointSequenceNumber === null || pairs.size < 2) return unknownSeconds;
  const index = firstAtOrAfter(pairs, checkpointSequenceNumber);
  if (index === pairs.size) return unknownSeconds;
  const value = pairs.sequenceNumberAt(index);
  if (index === 0) {
    const isMeasured = value === checkpointSequenceNumber && pairs.startsExact;
    return aged(now, pairs.timeAt(0), isMeasured ? "measured" : "lowerBound");
  }
  if (pairs.endsGap(index)) return aged(now, pairs.timeAt(index), "lowerBound");

  const valueBefore = pairs.sequenceNumberAt(index - 1);
  const timeBefore = pairs.timeAt(index - 1);
  const share = (checkpointSequenceNumber - valueBefore) / (value - valueBefore);
  return aged(now, timeBefore + share * (pairs.timeAt(index) - timeBefore), "measured");
}

const storeClockStepMs = 1_000;

/**
 * Raises a lower bound by the checkpoint's own age: its event is older still. So a group that stands still
 * keeps falling behind when the pairs no longer reach back. Storage rounds times down to whole seconds.
 * @param writtenAt when the checkpoint was written; like `now` by the storage's clock
 */
export function atLeastCheckpointAge(known: LagSeconds, writtenAt: EpochMs, now: EpochMs): LagSeconds {
  if (known.quality !== "lowerBound" && known.quality !== "unknown") return known;
  const seconds = Math.max(0, now - writtenAt - storeClockStepMs) / 1000;
  return seconds > (known.seconds ?? 0) ? { seconds, quality: "lowerBound" } : known;
}

const unknownSeconds: LagSeconds = { seconds: null, quality: "unknown" };

function aged(now: EpochMs, at: EpochMs, quality: LagSeconds["quality"]): LagSeconds {
  return { seconds: Math.max(0, now - at) / 1000, quality };
}

export function firstAtOrAfter(pairs: PositionRing, sequenceNumber: number): number {
  let low = 0;
  let high = pairs.size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pairs.sequenceNumberAt(middle) < sequenceNumber) low = middle + 1;
    else high = middle;
  }
  return low;
}
