import type { EpochMs } from "#lib/core/time.ts";

/** An hour at a refresh every 10 seconds, where every refresh finds a new value. */
const defaultCapacity = 360;

/**
 * Where a partition (or a checkpoint) stood at which time: the newest pairs, oldest first. Mutable.
 * A value that stays is held as two pairs, its first and its last sighting, however long it stays.
 * A value below its predecessor's (a re-created hub, a rewound checkpoint) starts the ring anew.
 */
export class PositionRing {
  /** Of the time between two pairs that lie further apart than this nothing is known but what came of it. */
  readonly longestGapMs: number;
  readonly #capacity: number;
  #values = new Float64Array(8);
  #times = new Float64Array(8);
  #start = 0;
  #size = 0;
  #startsExact = false;

  /** `capacity`: pairs, at least 2. Memory grows up to 16 bytes a pair, as pairs come in. */
  constructor(capacity = defaultCapacity, longestGapMs = Number.POSITIVE_INFINITY) {
    this.longestGapMs = longestGapMs;
    this.#capacity = Math.max(2, capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** The first pair's time is when its value came up, not only a time at which it stood there already. */
  get startsExact(): boolean {
    return this.#startsExact;
  }

  /** The index-th pair's sequence number; 0 is the oldest. NaN outside of the ring. */
  sequenceNumberAt(index: number): number {
    return this.#read(this.#values, index);
  }

  /** The index-th pair's time, never before the one at index - 1. NaN outside of the ring. */
  timeAt(index: number): EpochMs {
    return this.#read(this.#times, index);
  }

  /** The value rose, nobody knows when, in a time without a look before the index-th pair. */
  endsGap(index: number): boolean {
    return (
      this.timeAt(index) - this.timeAt(index - 1) > this.longestGapMs &&
      this.sequenceNumberAt(index) !== this.sequenceNumberAt(index - 1)
    );
  }

  /** Index of the first pair later than `time`; `size` where there is none. */
  indexAfter(time: EpochMs): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.timeAt(middle) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Adds a sighting. A clock that was set back counts as standing still.
   * @param since when the value came up, where that is known: a ring begins with it
   */
  add(sequenceNumber: number, at: EpochMs, since: EpochMs | null = null): void {
    let newest = this.#size - 1;
    if (newest >= 0 && sequenceNumber < this.sequenceNumberAt(newest)) {
      this.clear();
      newest = -1;
    }
    if (newest < 0) {
      this.#startsExact = since !== null;
      if (since !== null && since < at) this.#push(sequenceNumber, since);
      this.#push(sequenceNumber, at);
      return;
    }
    const time = Math.max(at, this.timeAt(newest));
    const isPlateau = newest > 0 && this.sequenceNumberAt(newest - 1) === sequenceNumber;
    if (isPlateau) this.#times[this.#slot(newest)] = time;
    else this.#push(sequenceNumber, time);
  }

  clear(): void {
    this.#start = 0;
    this.#size = 0;
    this.#startsExact = false;
  }

  #push(value: number, time: EpochMs): void {
    if (this.#size === this.#capacity) {
      // The next one is when a value came up, unless the one that goes was when that value did.
      this.#startsExact = this.sequenceNumberAt(0) < this.sequenceNumberAt(1);
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

/** One ring of two that saw the same values, at other times. */
export function mergePositions(a: PositionRing, b: PositionRing, capacity?: number): PositionRing {
  const pairs = [a, b].flatMap((ring) =>
    Array.from({ length: ring.size }, (_, index) => ({
      sequenceNumber: ring.sequenceNumberAt(index),
      at: ring.timeAt(index),
      isExact: index === 0 && ring.startsExact,
    })),
  );
  pairs.sort((one, other) => one.at - other.at || one.sequenceNumber - other.sequenceNumber);
  const merged = new PositionRing(capacity, Math.min(a.longestGapMs, b.longestGapMs));
  for (const { sequenceNumber, at, isExact } of pairs) merged.add(sequenceNumber, at, isExact ? at : null);
  return merged;
}
