import type { PropertyRate } from "./property-rate.ts";

const marginMs = 15_000;
/** Six plans of 1,024 partitions at 40 reads a second take 154 s. */
const mostWaitedMs = 300_000;

/**
 * The time limit of one reading at the hub's rate: what its reads take, what those take that went before
 * them, and 15 s. A service that does not answer extends nothing, since no turns are given meanwhile.
 */
export class ReadingLimit {
  readonly #rate: PropertyRate;
  readonly #startedAt = performance.now();
  readonly #givenBefore: number;
  #ownMs = 0;
  #left = 1;

  constructor(rate: PropertyRate) {
    this.#rate = rate;
    this.#givenBefore = rate.givenMs;
  }

  /** On `performance.now()`'s clock. It moves with the rate and with the reads of others. */
  get until(): number {
    const waitedMs = Math.max(0, this.#rate.givenMs - this.#givenBefore - this.#ownMs);
    const ownMs = this.#ownMs + this.#rate.msFor(this.#left);
    return this.#startedAt + ownMs + Math.min(waitedMs, mostWaitedMs) + marginMs;
  }

  /** @param reads how many are still to be sent */
  expect(reads: number): void {
    this.#left = reads;
  }

  noteTurn(): void {
    this.#left = Math.max(0, this.#left - 1);
    this.#ownMs += this.#rate.msFor(1);
  }
}
