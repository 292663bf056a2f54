import type { EpochMs } from "#lib/core/time.ts";

const most = 10_000;

/** Remembers keys until their time, at most the latest ten thousand. */
export class ExpiringSet {
  readonly #until = new Map<string, EpochMs>();

  add(key: string, until: EpochMs, now: EpochMs): void {
    for (const [other, end] of this.#until) {
      if (end > now && this.#until.size < most) break;
      this.#until.delete(other);
    }
    this.#until.set(key, until);
  }

  has(key: string): boolean {
    return this.#until.has(key);
  }
}
