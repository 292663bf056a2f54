import type { Configuration } from "#lib/api/configuration.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";

type Listener = () => void;

export class ConfigurationState {
  #readAt: EpochMs;
  #fault: { since: EpochMs; problems: readonly string[] } | null = null;
  #needsRestart: readonly string[] = [];
  #held: readonly string[] = [];
  readonly #listeners = new Set<Listener>();

  constructor(now: EpochMs) {
    this.#readAt = now;
  }

  get isFaulty(): boolean {
    return this.#fault !== null;
  }

  get readAt(): EpochMs {
    return this.#readAt;
  }

  taken(now: EpochMs, needsRestart: readonly string[], held: readonly string[]): void {
    this.#readAt = now;
    this.#fault = null;
    this.#needsRestart = needsRestart;
    this.#held = held;
    this.#tell();
  }

  refused(problems: readonly string[], now: EpochMs): void {
    this.#fault = { since: this.#fault?.since ?? now, problems };
    this.#tell();
  }

  describe(): Configuration {
    const fault = this.#fault;
    return {
      readAt: toIso(this.#readAt),
      fault:
        fault === null
          ? null
          : { since: toIso(fault.since), count: fault.problems.length, problems: [...fault.problems] },
      needsRestart: [...this.#needsRestart],
      heldEventHubs: [...this.#held],
    };
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
