import type { EpochMs } from "#lib/core/time.ts";
import type { PositionRing } from "./positions.ts";

export interface LagSeconds {
  /** Null where it is not known; never negative. */
  seconds: number | null;
  /** `lowerBound`: the checkpoint is older than every kept pair, or from a time without a look: at least this. */
  quality: "level" | "measured" | "lowerBound" | "unknown";
}

/**
 * The age of the event at the checkpoint, estimated from where the partition's `last` stood when
 * (lib/lag/README.md#lag-in-seconds). `now` is by the clock of the pairs' times.
 * Of one that came while nobody looked it is known only that it was there at the next look.
 * An event that was the last one for a while counts by its first sighting: it was there by then.
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
    // A value that stood there already at the first sighting came up before it, who knows when.
    const isMeasured = value === checkpointSequenceNumber && pairs.startsExact;
    return aged(now, pairs.timeAt(0), isMeasured ? "measured" : "lowerBound");
  }
  if (pairs.endsGap(index)) return aged(now, pairs.timeAt(index), "lowerBound");

  const valueBefore = pairs.sequenceNumberAt(index - 1);
  const timeBefore = pairs.timeAt(index - 1);
  const share = (checkpointSequenceNumber - valueBefore) / (value - valueBefore);
  return aged(now, timeBefore + share * (pairs.timeAt(index) - timeBefore), "measured");
}

/** Storage tells times in whole seconds, rounded down. */
const storeClockStepMs = 1_000;

/**
 * The same, with what the checkpoint's own age tells: its event is older than it. So a group that stands still goes
 * on to fall behind, also where the pairs no longer reach back to where it stands.
 * @param writtenAt when the checkpoint was written, and `now`: both by the storage's clock
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

/** Index of the first pair whose value is not below `sequenceNumber`; `size` where there is none. */
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
