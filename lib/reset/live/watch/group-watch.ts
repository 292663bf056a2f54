import type { ContainerClient } from "@azure/storage-blob";
import { type GroupListing, listGroup } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { Clock, EpochMs } from "#lib/core/time.ts";

/** One look is given up after so long. */
const lookLimitMs = 8_000;
/** After one that failed. */
const failedPauseMs = 1_000;

/** A listing, and when it was asked for by the run's clock. */
export interface GroupObservation {
  askedAt: EpochMs;
  listing: GroupListing;
}

/** Lists a group's blobs again and again for all of its partitions that are being reset: one request for all. */
export class GroupWatch {
  readonly #container: ContainerClient;
  readonly #prefixes: readonly string[];
  readonly #clock: Clock;
  readonly #listeners = new Map<(look: GroupObservation) => void, () => number>();
  readonly #stop = new AbortController();
  #wake: (() => void) | null = null;
  #isWanted = false;
  #running: Promise<void> = Promise.resolve();

  /** @param clock by which its looks are told */
  constructor(container: ContainerClient, prefixes: readonly string[], clock: Clock) {
    this.#container = container;
    this.#prefixes = prefixes;
    this.#clock = clock;
  }

  /** @param everyMs how soon the next look is wanted, asked after each */
  subscribe(listener: (look: GroupObservation) => void, everyMs: () => number): () => void {
    this.#listeners.set(listener, everyMs);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake?.();
    await this.#running;
  }

  /** Begins a look at once, or right after the one that is under way. */
  lookSoon(): void {
    this.#isWanted = true;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      this.#isWanted = false;
      const look = await this.#look();
      if (signal.aborted) return;
      if (look !== null) for (const listener of [...this.#listeners.keys()]) listener(look);
      const waits = [...this.#listeners.values()].map((everyMs) => everyMs());
      await this.#pause(Math.max(Math.min(...waits, failedPauseMs), look === null ? failedPauseMs : 0));
    }
  }

  /** Null: it failed; whoever waits for it has a limit of its own. */
  async #look(): Promise<GroupObservation | null> {
    const askedAt = this.#clock();
    const abortSignal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(lookLimitMs)]);
    return listGroup(this.#container, this.#prefixes, { abortSignal }).then(
      (listing) => ({ askedAt, listing }),
      () => null,
    );
  }

  #pause(ms: number): Promise<void> {
    if (this.#isWanted || this.#stop.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
    });
  }
}
