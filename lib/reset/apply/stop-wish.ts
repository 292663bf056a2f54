import type { StopAsked } from "#lib/history/resets/reset-record.ts";

/** A request to stop a running reset, now or after its wave. The strongest so far counts. */
export class StopWish {
  readonly #now = new AbortController();
  #asked: StopAsked | null = null;

  get asked(): StopAsked | null {
    return this.#asked;
  }

  get now(): AbortSignal {
    return this.#now.signal;
  }

  hear(asked: StopAsked | null | undefined): void {
    if (asked == null || this.#asked?.when === "now") return;
    this.#asked = asked;
    if (asked.when === "now") this.#now.abort();
  }
}
