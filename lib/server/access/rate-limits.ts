import type { EpochMs } from "#lib/core/time.ts";

/** So many callers are remembered at most; whoever asked longest ago is forgotten first. */
const mostCallers = 10_000;

/**
 * Buckets, one for each key: `perMinute` at once, and as many again each minute. In memory, each dashboard for
 * itself.
 */
export class RateLimits {
  readonly #buckets = new Map<string, { left: number; at: EpochMs }>();

  /** Takes one. Answers 0, or after how many seconds to ask again. */
  take(key: string, perMinute: number, now: EpochMs): number {
    const bucket = this.#buckets.get(key) ?? { left: perMinute, at: now };
    const left = Math.min(perMinute, bucket.left + (Math.max(0, now - bucket.at) / 60_000) * perMinute);
    this.#buckets.delete(key);
    if (this.#buckets.size >= mostCallers) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    this.#buckets.set(key, { left: left < 1 ? left : left - 1, at: now });
    return left < 1 ? Math.ceil(((1 - left) / perMinute) * 60) : 0;
  }
}
