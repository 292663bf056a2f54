import type { EpochMs } from "#lib/core/time.ts";

/** An hour at a refresh every 10 seconds, where every refresh finds a new value. */
const defaultCapacity = 360;

/**
 * Where a partition (or a checkpoint) stood at which time: the newest pairs, oldest first. Mutable.
 * A value that stays is held as two pairs, its first and its last sighting, however long it stays.
 * A value below its predecessor's (a re-created hub, a rewound checkpoint) starts the ring anew.
 */
export class PositionRing {
  readonly #capacity: number;
  #values = new Float64Array(8);
  #times = new Float64Array(8);
  #start = 0;
  #size = 0;

  /** `capacity`: pairs, at least 2. Memory grows up to 16 bytes a pair, as pairs come in. */
  constructor(capacity = defaultCapacity) {
    this.#capacity = Math.max(2, capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** The index-th pair's sequence number; 0 is the oldest. NaN outside of the ring. */
  sequenceNumberAt(index: number): number {
    return this.#read(this.#values, index);
  }

  /** The index-th pair's time, never before the one at index - 1. NaN outside of the ring. */
  timeAt(index: number): EpochMs {
    return this.#read(this.#times, index);
  }

  /** Adds a sighting. A clock that was set back counts as standing still. */
  add(sequenceNumber: number, at: EpochMs): void {
    const newest = this.#size - 1;
    if (newest >= 0 && sequenceNumber < this.sequenceNumberAt(newest)) {
      this.clear();
      this.#push(sequenceNumber, at);
      return;
    }
    const time = newest < 0 ? at : Math.max(at, this.timeAt(newest));
    const isPlateau = newest > 0 && this.sequenceNumberAt(newest - 1) === sequenceNumber;
    if (isPlateau) this.#times[this.#slot(newest)] = time;
    else this.#push(sequenceNumber, time);
  }

  clear(): void {
    this.#start = 0;
    this.#size = 0;
  }

  #push(value: number, time: EpochMs): void {
    if (this.#size === this.#capacity) {
      this.#start = this.#slot(1);
      this.#size -= 1;
    } else if (this.#size === this.#values.length) this.#grow();
    const slot = this.#slot(this.#size);
    this.#values[slot] = value;
    this.#times[slot] = time;
    this.#size += 1;
  }

  /** Only ever called on a full array that has not wrapped yet: it wraps at full capacity alone. */
  #grow(): void {
    const length = Math.min(this.#capacity, this.#values.length * 2);
    const values = new Float64Array(length);
    const times = new Float64Array(length);
    values.set(this.#values);
    times.set(this.#times);
    this.#values = values;
    this.#times = times;
  }

  #slot(index: number): number {
    return (this.#start + index) % this.#values.length;
  }

  #read(from: Float64Array, index: number): number {
    if (index < 0 || index >= this.#size) return Number.NaN;
    return from[this.#slot(index)] ?? Number.NaN;
  }
}

export interface LagSeconds {
  /** Null where it is not known; never negative. */
  seconds: number | null;
  /** `lowerBound`: the checkpoint is older than every kept pair, so it is at least this. */
  quality: "level" | "measured" | "lowerBound" | "unknown";
}

/**
 * The age of the event at the checkpoint, estimated from where the partition's `last` stood when
 * (facts section 2, "Lag in seconds"). `now` is by the clock of the pairs' times.
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
  if (value === checkpointSequenceNumber) return aged(now, pairs.timeAt(index), "measured");
  if (index === 0) return aged(now, pairs.timeAt(0), "lowerBound");

  const valueBefore = pairs.sequenceNumberAt(index - 1);
  const timeBefore = pairs.timeAt(index - 1);
  const share = (checkpointSequenceNumber - valueBefore) / (value - valueBefore);
  return aged(now, timeBefore + share * (pairs.timeAt(index) - timeBefore), "measured");
}

const unknownSeconds: LagSeconds = { seconds: null, quality: "unknown" };

function aged(now: EpochMs, at: EpochMs, quality: LagSeconds["quality"]): LagSeconds {
  return { seconds: Math.max(0, now - at) / 1000, quality };
}

/** Index of the first pair whose value is not below `sequenceNumber`; `size` where there is none. */
function firstAtOrAfter(pairs: PositionRing, sequenceNumber: number): number {
  let low = 0;
  let high = pairs.size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pairs.sequenceNumberAt(middle) < sequenceNumber) low = middle + 1;
    else high = middle;
  }
  return low;
}
