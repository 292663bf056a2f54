import { pause } from "#lib/core/pause.ts";

const leastPerSecond = 40;
/** Above this the rate is unlimited: one connection carries less. */
const mostPerSecond = 10_000;
const risePerMinute = 1.1;
const minuteMs = 60_000;
/** The shortest timer: several reads then go together. */
const leastPauseMs = 5;
/** How much unused time is made up for, after a pause or a late timer. */
const burstMs = 50;

interface PropertyRateOptions {
  /** The most reads a second. Null: no ceiling. */
  ceiling?: number | null;
  /** False for loopback and the emulator: a busy answer then changes nothing. Default: true. */
  slows?: boolean;
  /** A monotonic clock in milliseconds. */
  clock?: () => number;
}

/**
 * Limits the property reads of one event hub. Unlimited until the service says that it is busy. The rate then
 * halves, down to 40 a second, and rises by a tenth a minute.
 */
export class PropertyRate {
  #ceiling: number | null;
  readonly #slows: boolean;
  readonly #clock: () => number;
  #slowed: { perSecond: number; at: number } | null = null;
  /** Reads of this second and the one before: the rate to halve when it was unlimited. */
  #counted = { second: 0, now: 0, before: 0 };
  #credit = 1;
  #creditAt = Number.NEGATIVE_INFINITY;
  readonly #first: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  #isServing = false;

  constructor({ ceiling = null, slows = true, clock = () => performance.now() }: PropertyRateOptions = {}) {
    this.#ceiling = ceiling;
    this.#slows = slows;
    this.#clock = clock;
  }

  set ceiling(perSecond: number | null) {
    this.#ceiling = perSecond;
  }

  /** Reads a second. Null: unlimited. */
  get perSecond(): number | null {
    const slowed = this.#slowedNow();
    if (slowed === null) return this.#ceiling;
    return Math.min(slowed, this.#ceiling ?? slowed);
  }

  /** True if the busy service limits the rate, and not the ceiling. */
  get isBusy(): boolean {
    const slowed = this.#slowedNow();
    return slowed !== null && (this.#ceiling === null || slowed < this.#ceiling);
  }

  /** Milliseconds that so many reads take at the current rate. 0 if unlimited. */
  msFor(reads: number): number {
    const { perSecond } = this;
    return perSecond === null ? 0 : (reads / perSecond) * 1000;
  }

  /** Resolves when the next read may be sent: in order, those with `first` before all others. */
  async turn({ first = false, signal }: { first?: boolean; signal: AbortSignal }): Promise<void> {
    if (this.perSecond !== null || this.#isServing) {
      await new Promise<void>((resolve) => {
        (first ? this.#first : this.#waiting).push(resolve);
        signal.addEventListener("abort", () => resolve(), { once: true });
        void this.#serve();
      });
      signal.throwIfAborted();
    }
    this.#count();
  }

  /** The service said that it is busy. @param sentAt when that read was sent, on the same clock */
  noteBusy(sentAt: number): void {
    // Reads sent before the rate was halved must not halve it again.
    if (!this.#slows || (this.#slowed !== null && sentAt < this.#slowed.at)) return;
    const { now, before } = this.#counted;
    const rate = this.perSecond ?? Math.max(now, before);
    this.#slowed = { perSecond: Math.max(leastPerSecond, rate / 2), at: this.#clock() };
  }

  now(): number {
    return this.#clock();
  }

  #slowedNow(): number | null {
    if (this.#slowed === null) return null;
    const { perSecond, at } = this.#slowed;
    const risen = perSecond * risePerMinute ** ((this.#clock() - at) / minuteMs);
    if (risen <= mostPerSecond) return risen;
    this.#slowed = null;
    return null;
  }

  #count(): void {
    const second = Math.floor(this.#clock() / 1000);
    const { second: known, now } = this.#counted;
    if (second === known) this.#counted.now += 1;
    else this.#counted = { second, now: 1, before: second === known + 1 ? now : 0 };
  }

  async #serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    const never = new AbortController().signal;
    while (this.#first.length + this.#waiting.length > 0) {
      const { perSecond } = this;
      this.#earn(perSecond);
      while (this.#credit >= 1 && this.#first.length + this.#waiting.length > 0) {
        this.#credit -= 1;
        (this.#first.shift() ?? this.#waiting.shift())?.();
      }
      if (this.#first.length + this.#waiting.length > 0 && perSecond !== null) {
        await pause(Math.max(leastPauseMs, ((1 - this.#credit) / perSecond) * 1000), never);
      }
    }
    this.#isServing = false;
  }

  #earn(perSecond: number | null): void {
    const now = this.#clock();
    const most = perSecond === null ? Number.POSITIVE_INFINITY : Math.max(1, (perSecond * burstMs) / 1000);
    const earned = perSecond === null ? most : ((now - this.#creditAt) / 1000) * perSecond;
    this.#credit = Math.min(most, this.#credit + earned);
    this.#creditAt = now;
  }
}

const rates = new Map<string, PropertyRate>();

/** Returns the rate of a hub, shared by all its readers in this process. @param hub its namespace and name */
export function rateOf(hub: string, options: PropertyRateOptions): PropertyRate {
  const key = hub.toLowerCase();
  const known = rates.get(key) ?? new PropertyRate(options);
  known.ceiling = options.ceiling ?? null;
  rates.set(key, known);
  return known;
}
