import { pause } from "#lib/core/pause.ts";

const leastPerSecond = 40;
const mostPerSecond = 10_000;
const risePerMinute = 1.1;
const minuteMs = 60_000;
/**
 * The shortest timer lets several reads go together. After a pause or a late timer this much unused time is
 * made up for.
 */
const leastPauseMs = 5;
const burstMs = 50;

/**
 * `ceiling`: the most reads a second. `slows`: false for loopback and the emulator, where a busy answer
 * changes nothing. `clock`: monotonic milliseconds.
 */
interface PropertyRateOptions {
  ceiling?: number | null;
  slows?: boolean;
  clock?: () => number;
}

/**
 * Limits the property reads of one event hub. Unlimited (`perSecond` null) until the service says that it is
 * busy. The rate then halves, down to 40 a second, and rises by a tenth a minute, until it is more than one
 * connection carries.
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

  get perSecond(): number | null {
    const slowed = this.#slowedNow();
    if (slowed === null) return this.#ceiling;
    return Math.min(slowed, this.#ceiling ?? slowed);
  }

  get isBusy(): boolean {
    const slowed = this.#slowedNow();
    return slowed !== null && (this.#ceiling === null || slowed < this.#ceiling);
  }

  msFor(reads: number): number {
    const { perSecond } = this;
    return perSecond === null ? 0 : (reads / perSecond) * 1000;
  }

  /** Resolves when the next read may be sent: in order, those with `first` before all others. */
  async turn({ first = false, signal }: { first?: boolean; signal: AbortSignal }): Promise<void> {
    signal.throwIfAborted();
    if (this.perSecond !== null || this.#isServing) {
      const queue = first ? this.#first : this.#waiting;
      await new Promise<void>((resolve, reject) => {
        const take = () => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        const leave = () => {
          queue.splice(queue.indexOf(take), 1);
          reject(signal.reason);
        };
        signal.addEventListener("abort", leave, { once: true });
        queue.push(take);
        void this.#serve();
      });
    }
    this.#count();
  }

  /**
   * The service said that it is busy. Reads sent before the rate was halved must not halve it again.
   * @param sentAt when that read was sent, on the same clock
   */
  noteBusy(sentAt: number): void {
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
