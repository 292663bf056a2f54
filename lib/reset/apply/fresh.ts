import { AppError } from "#lib/core/app-error.ts";
import { type Moment, msBetween, thisMoment } from "#lib/core/moment.ts";

const readTries = 3;

/**
 * `doing`: the beginning of a sentence about a failed reading: "Listing …". A value is good for `goodForMs`
 * after its answer, or for as long as the answer took, but never older than `mostMs`, which may depend on how
 * long the answer took. Its age counts from the request, since the value shows that moment.
 */
export interface FreshOptions<T> {
  doing: string;
  goodForMs: number;
  mostMs: number | ((tookMs: number) => number);
  read(): Promise<T>;
  clock?: () => Moment;
}

/**
 * Keeps a value that was just read, and reads it again when it is too old. `known`: null when it is too old.
 * `latest`: of any age.
 */
export class Fresh<T> {
  readonly #options: FreshOptions<T>;
  readonly #clock: () => Moment;
  #known: { value: T; askedAt: Moment; goodForMs: number } | null = null;
  #reading: Promise<T> | null = null;

  constructor(options: FreshOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? thisMoment;
  }

  get known(): T | null {
    if (this.#known === null) return null;
    const { value, askedAt, goodForMs } = this.#known;
    return msBetween(askedAt, this.#clock()) <= goodForMs ? value : null;
  }

  get latest(): T | null {
    return this.#known?.value ?? null;
  }

  /** @throws AppError `azureTimeout` when each reading takes so long that its value is already too old */
  async get(): Promise<T> {
    const { known } = this;
    if (known !== null) return known;
    this.#reading ??= this.#readAnew().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async renew(): Promise<T> {
    this.#known = null;
    return this.get();
  }

  #mostMs(tookMs: number): number {
    const { mostMs } = this.#options;
    return typeof mostMs === "number" ? mostMs : mostMs(tookMs);
  }

  async #readAnew(): Promise<T> {
    const { doing, goodForMs, read } = this.#options;
    for (let tries = 1; ; tries += 1) {
      const askedAt = this.#clock();
      const value = await read();
      const tookMs = msBetween(askedAt, this.#clock());
      const mostMs = this.#mostMs(tookMs);
      this.#known = { value, askedAt, goodForMs: Math.min(mostMs, tookMs + Math.max(goodForMs, tookMs)) };
      if (tookMs <= mostMs) return value;
      if (tries === readTries) {
        throw new AppError(
          "azureTimeout",
          `${doing} takes ${Math.round(tookMs / 1000)} s: too long to write anything by what it shows.`,
          { retryable: true },
        );
      }
    }
  }
}
