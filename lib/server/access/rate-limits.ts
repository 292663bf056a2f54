import type { EpochMs } from "#lib/core/time.ts";

const mostCallers = 10_000;

/**
 * Token buckets by key: a burst of `perMinute`, refilled each minute. In memory, per dashboard; the longest
 * idle caller is forgotten first. `take` returns 0, or the seconds until the next is allowed.
 */
export class RateLimits {
  readonly #buckets = new Map<string, { left: number; at: EpochMs }>();

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
