import { pause } from "#lib/core/pause.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Outcome, StoreSource } from "../sources.ts";

export interface ReadStore {
  store: StoreSource;
  outcome: Outcome<StoreReading>;
}

/**
 * The listings of a hub's stores in one refresh. A slow hub's stores are listed several times: a checkpoint
 * from the first listing would inflate the lag by what is processed during the round.
 */
export class Listings {
  readonly #first: readonly ReadStore[];
  /** By store: later listings, oldest first, with the local time at which each was complete. */
  readonly #later = new Map<string, { outcome: Outcome<StoreReading>; at: EpochMs }[]>();

  constructor(first: readonly ReadStore[]) {
    this.#first = first;
  }

  async renewWhile<T>(
    reading: Promise<T>,
    how: {
      list: (stop: AbortSignal) => Promise<ReadStore[]>;
      everyMs: number;
      isSlow: () => boolean;
      stop: AbortSignal;
    },
  ): Promise<T> {
    const over = new AbortController();
    const renewing = this.#renew({ ...how, stop: AbortSignal.any([how.stop, over.signal]) });
    try {
      return await reading;
    } finally {
      over.abort();
      await renewing;
    }
  }

  /** The newest listing of each store. A store that failed at first counts as failed in this refresh. */
  newest(): ReadStore[] {
    return this.#first.map(({ store, outcome }) => ({
      store,
      outcome: outcome.value === null ? outcome : (this.#later.get(store.id)?.at(-1)?.outcome ?? outcome),
    }));
  }

  before(storeId: string, at: EpochMs): StoreReading | null {
    const later = this.#later.get(storeId)?.findLast((one) => one.at <= at);
    return (later ?? this.#first.find(({ store }) => store.id === storeId))?.outcome.value ?? null;
  }

  async #renew({ list, everyMs, isSlow, stop }: Parameters<Listings["renewWhile"]>[1]): Promise<void> {
    for (;;) {
      await pause(everyMs, stop);
      if (stop.aborted) return;
      if (!isSlow()) continue;
      const read = await list(stop);
      if (stop.aborted) return;
      const at = Date.now();
      for (const { store, outcome } of read) {
        if (outcome.value === null) continue;
        this.#later.set(store.id, [...(this.#later.get(store.id) ?? []), { outcome, at }]);
      }
    }
  }
}
