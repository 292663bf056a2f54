import type { StopAsked } from "#lib/history/resets/reset-record.ts";

/** What somebody asks of a reset while it runs: to end at once, or once its wave is over. */
export class StopWish {
  readonly #now = new AbortController();
  #asked: StopAsked | null = null;

  /** The gravest so far; null: nobody has asked. */
  get asked(): StopAsked | null {
    return this.#asked;
  }

  /** Aborts when it is to end at once. */
  get now(): AbortSignal {
    return this.#now.signal;
  }

  /** May be told the same again and again. */
  hear(asked: StopAsked | null | undefined): void {
    if (asked == null || this.#asked?.when === "now") return;
    this.#asked = asked;
    if (asked.when === "now") this.#now.abort();
  }
}
