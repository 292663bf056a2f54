import type { EpochMs } from "#lib/core/time.ts";

/** An hour at a refresh every 10 seconds, if every refresh finds a new value. */
const defaultCapacity = 360;

/**
 * Positions of a partition or checkpoint over time, oldest first. Mutable. A constant value is kept as two
 * pairs, first and last observation. A value below the previous one (a re-created hub, a rewound checkpoint)
 * starts the ring anew. When `startsExact`, the first value appeared at the first pair's time, and was not
 * merely there.
 */
export class PositionRing {
  /**
   * Across a gap longer than this we know the start and end positions, not when they moved. It grows with the
   * time that a slowed hub takes to be read.
   */
  longestGapMs: number;
  readonly #capacity: number;
  /**
   * Sequence number and time by turns, 16 bytes a pair. No typed arrays: most rings are short, and these take
   * 250 bytes each before the first pair.
   */
  readonly #pairs: number[] = [];
  #start = 0;
  #size = 0;
  #startsExact = false;

  constructor(capacity = defaultCapacity, longestGapMs = Number.POSITIVE_INFINITY) {
    this.longestGapMs = longestGapMs;
    this.#capacity = Math.max(2, capacity);
  }

  get size(): number {
    return this.#size;
  }

  get startsExact(): boolean {
    return this.#startsExact;
  }

  sequenceNumberAt(index: number): number {
    return this.#read(index, 0);
  }

  timeAt(index: number): EpochMs {
    return this.#read(index, 1);
  }

  endsGap(index: number): boolean {
    return (
      this.timeAt(index) - this.timeAt(index - 1) > this.longestGapMs &&
      this.sequenceNumberAt(index) !== this.sequenceNumberAt(index - 1)
    );
  }

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
   * Adds an observation. A clock that was set back counts as standing still.
   * @param since when the value appeared, if known; a ring begins with it
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
    if (isPlateau) this.#pairs[2 * this.#slot(newest) + 1] = time;
    else this.#push(sequenceNumber, time);
  }

  clear(): void {
    this.#start = 0;
    this.#size = 0;
    this.#startsExact = false;
  }

  #push(value: number, time: EpochMs): void {
    if (this.#size === this.#capacity) {
      // The next pair begins a value unless it repeats the dropped one.
      this.#startsExact = this.sequenceNumberAt(0) < this.sequenceNumberAt(1);
      this.#start = this.#slot(1);
      this.#size -= 1;
    }
    const slot = this.#slot(this.#size);
    this.#pairs[2 * slot] = value;
    this.#pairs[2 * slot + 1] = time;
    this.#size += 1;
  }

  #slot(index: number): number {
    return (this.#start + index) % this.#capacity;
  }

  #read(index: number, part: 0 | 1): number {
    if (index < 0 || index >= this.#size) return Number.NaN;
    return this.#pairs[2 * this.#slot(index) + part] ?? Number.NaN;
  }
}

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
