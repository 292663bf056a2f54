import { AppError } from "#lib/core/app-error.ts";
import { type Moment, msBetween, thisMoment } from "#lib/core/moment.ts";

const readTries = 3;

export interface FreshOptions<T> {
  /** What is read, for a sentence: "Listing …". */
  doing: string;
  /** For so long it is good after its answer came, or as long again as that took. */
  goodForMs: number;
  /** So old it may be, counted from when it was asked for: it shows what was then. */
  mostMs: number;
  read(): Promise<T>;
  clock?: () => Moment;
}

/** What was read a moment ago, or is read anew. */
export class Fresh<T> {
  readonly #options: FreshOptions<T>;
  readonly #clock: () => Moment;
  #known: { value: T; askedAt: Moment; goodForMs: number } | null = null;
  #reading: Promise<T> | null = null;

  constructor(options: FreshOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? thisMoment;
  }

  /** Null: what is known is too old. */
  get known(): T | null {
    if (this.#known === null) return null;
    const { value, askedAt, goodForMs } = this.#known;
    return msBetween(askedAt, this.#clock()) <= goodForMs ? value : null;
  }

  /** However old. */
  get latest(): T | null {
    return this.#known?.value ?? null;
  }

  /** @throws AppError `azureTimeout` where reading takes so long that what is read is too old each time */
  async get(): Promise<T> {
    const { known } = this;
    if (known !== null) return known;
    this.#reading ??= this.#readAnew().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Whatever is known. */
  async renew(): Promise<T> {
    this.#known = null;
    return this.get();
  }

  async #readAnew(): Promise<T> {
    const { doing, goodForMs, mostMs, read } = this.#options;
    for (let tries = 1; ; tries += 1) {
      const askedAt = this.#clock();
      const value = await read();
      const tookMs = msBetween(askedAt, this.#clock());
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
