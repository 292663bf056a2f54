import type { PropertyRate } from "./property-rate.ts";

const defaultMarginMs = 15_000;
/** Six plans of 1,024 partitions at 40 reads a second take 154 s. */
const mostBehindOthersMs = 300_000;

/**
 * The time limit of one reading: what its reads take at the hub's rate, what they wait behind those of others,
 * and `marginMs`, by default 15 s. A service that does not answer extends nothing: no read waits for its turn meanwhile.
 */
export class ReadingLimit {
  readonly #rate: PropertyRate;
  readonly #marginMs: number;
  readonly #startedAt = performance.now();
  #waiting = 0;
  #waitingSince = 0;
  #waitedMs = 0;
  #ownMs = 0;
  #left = 1;

  constructor(rate: PropertyRate, marginMs: number = defaultMarginMs) {
    this.#rate = rate;
    this.#marginMs = marginMs;
  }

  /** On `performance.now()`'s clock. It moves with the rate and with the reads of others. */
  get until(): number {
    const waitedMs = this.#waitedMs + (this.#waiting === 0 ? 0 : performance.now() - this.#waitingSince);
    const mostMs = this.#ownMs + mostBehindOthersMs;
    return this.#startedAt + Math.min(waitedMs, mostMs) + this.#rate.msFor(this.#left) + this.#marginMs;
  }

  /** @param reads how many are still to be sent */
  expect(reads: number): void {
    this.#left = reads;
  }

  again(): void {
    this.#left += 1;
  }

  async turn(given: Promise<void>): Promise<void> {
    await this.wait(given);
    this.#left = Math.max(0, this.#left - 1);
    this.#ownMs += this.#rate.msFor(1);
  }

  async wait(given: Promise<void>): Promise<void> {
    if (this.#waiting === 0) this.#waitingSince = performance.now();
    this.#waiting += 1;
    try {
      await given;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#waitedMs += performance.now() - this.#waitingSince;
    }
  }
}
