import type { StopAsked } from "#lib/history/resets/reset-record.ts";

/** A request to stop a running reset, now or after its wave. */
export class StopWish {
  readonly #now = new AbortController();
  #asked: StopAsked | null = null;

  /** The strongest request so far. Null: none. */
  get asked(): StopAsked | null {
    return this.#asked;
  }

  /** Aborts when the reset should stop now. */
  get now(): AbortSignal {
    return this.#now.signal;
  }

  /** Takes a request, also repeatedly. */
  hear(asked: StopAsked | null | undefined): void {
    if (asked == null || this.#asked?.when === "now") return;
    this.#asked = asked;
    if (asked.when === "now") this.#now.abort();
  }
}
