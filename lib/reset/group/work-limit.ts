import { whenLate } from "#lib/core/pause.ts";
import type { ResetPlace } from "./place.ts";

/** Limits work on groups, such as a plan, beside the readings of their hubs, which have limits of their own. */
export class WorkLimit {
  readonly #limitMs: number;
  readonly #stop = new AbortController();
  #readings = 0;
  #readingSince = 0;
  #readMs = 0;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  get isOver(): boolean {
    return this.#stop.signal.aborted;
  }

  async run<T>(work: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const endWatch = whenLate(
      () => startedAt + this.#limitMs + this.#besideMs(),
      () => this.#stop.abort(new DOMException("It took too long.", "TimeoutError")),
    );
    try {
      return await work(this.#stop.signal);
    } finally {
      endWatch();
    }
  }

  /** The place, whose hub's readings do not count. */
  beside(place: ResetPlace): ResetPlace {
    return {
      ...place,
      readHub: async (...wanted) => {
        if (this.#readings === 0) this.#readingSince = performance.now();
        this.#readings += 1;
        try {
          return await place.readHub(...wanted);
        } finally {
          this.#readings -= 1;
          if (this.#readings === 0) this.#readMs += performance.now() - this.#readingSince;
        }
      },
    };
  }

  #besideMs(): number {
    return this.#readMs + (this.#readings === 0 ? 0 : performance.now() - this.#readingSince);
  }
}
