import type { ContainerClient } from "@azure/storage-blob";
import { type GroupListing, listGroup } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { Clock, EpochMs } from "#lib/core/time.ts";

const limitMs = 8_000;
const failedPauseMs = 1_000;

/** A listing, and when it was requested by the run's clock. */
export interface GroupObservation {
  askedAt: EpochMs;
  listing: GroupListing;
}

/** Keeps listing a group's blobs, with one request for all partitions of the reset. */
export class GroupWatch {
  readonly #container: ContainerClient;
  readonly #prefixes: readonly string[];
  readonly #clock: Clock;
  readonly #listeners = new Map<(observation: GroupObservation) => void, () => number>();
  readonly #stop = new AbortController();
  #wake: (() => void) | null = null;
  #isWanted = false;
  #running: Promise<void> = Promise.resolve();

  constructor(container: ContainerClient, prefixes: readonly string[], clock: Clock) {
    this.#container = container;
    this.#prefixes = prefixes;
    this.#clock = clock;
  }

  /** @param everyMs how soon the next observation is wanted, asked after each */
  subscribe(listener: (observation: GroupObservation) => void, everyMs: () => number): () => void {
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

  /** Begins an observation now, or right after the current one. */
  observeSoon(): void {
    this.#isWanted = true;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      this.#isWanted = false;
      const observation = await this.#observe();
      if (signal.aborted) return;
      if (observation !== null) for (const listener of [...this.#listeners.keys()]) listener(observation);
      const waits = [...this.#listeners.values()].map((everyMs) => everyMs());
      await this.#pause(
        Math.max(Math.min(...waits, failedPauseMs), observation === null ? failedPauseMs : 0),
      );
    }
  }

  /** Null when it failed. Callers have time limits of their own. */
  async #observe(): Promise<GroupObservation | null> {
    const askedAt = this.#clock();
    const abortSignal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(limitMs)]);
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
