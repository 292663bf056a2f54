/** Lets so many in at a time, and of one key one alone; the rest wait in the order of their coming. */
export class Slots {
  readonly #size: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(size: number) {
    this.#size = Math.max(1, size);
  }

  /** @throws the signal's reason where it fires before its turn came */
  async use<T>(key: string, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = (async () => {
      await before?.catch(() => {});
      await this.#enter();
      try {
        signal.throwIfAborted();
        return await run();
      } finally {
        this.#leave();
      }
    })();
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }

  async #enter(): Promise<void> {
    if (this.#taken < this.#size) {
      this.#taken += 1;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Whoever waits takes over the place: it does not come free in between. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken -= 1;
    else next();
  }
}
