import type { Clock, EpochMs } from "#lib/core/time.ts";

/**
 * Limits in bytes, each exceeded by at most one message, and how long a reader may block room that others
 * want.
 */
export interface StreamLimits {
  ofOne: number;
  ofAll: number;
  patienceMs: number;
}

export interface StreamRoom {
  wait(go: () => void): void;
  hold(bytes: number): void;
}

interface Reader {
  readonly caller: string;
  readonly most: number;
  readonly cut: () => void;
  bytes: number;
  since: EpochMs;
  go: (() => void) | null;
}

/**
 * Limits the bytes that wait for readers of streams. A stream without room delays its next message. A stream
 * that blocks others for too long ends; it reconnects and gets everything anew.
 */
export class StreamBudget {
  readonly #limits: StreamLimits;
  readonly #clock: Clock;
  readonly #readers = new Set<Reader>();
  readonly #waiting = new Set<Reader>();
  readonly #heldBy = new Map<string, number>();
  #held = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(limits: StreamLimits, clock: Clock = Date.now) {
    this.#limits = limits;
    this.#clock = clock;
  }

  get held(): number {
    return this.#held;
  }

  /**
   * @param isEverybody the caller is everybody without sign-in, and may use it all
   * @param cut ends the stream, which then leaves
   */
  open(caller: string, isEverybody: boolean, cut: () => void): StreamRoom & { leave(): void } {
    const most = isEverybody ? this.#limits.ofAll : this.#limits.ofOne;
    const reader: Reader = { caller, most, cut, bytes: 0, since: 0, go: null };
    this.#readers.add(reader);
    return {
      wait: (go) => {
        if (!this.#readers.has(reader)) return;
        reader.go = go;
        this.#waiting.add(reader);
        this.#serve();
      },
      hold: (bytes) => {
        if (this.#readers.has(reader)) this.#hold(reader, bytes);
      },
      leave: () => {
        if (!this.#readers.delete(reader)) return;
        this.#waiting.delete(reader);
        this.#hold(reader, 0);
      },
    };
  }

  #hold(reader: Reader, bytes: number): void {
    const more = bytes - reader.bytes;
    reader.bytes = bytes;
    reader.since = this.#clock();
    this.#held += more;
    const held = (this.#heldBy.get(reader.caller) ?? 0) + more;
    if (held === 0) this.#heldBy.delete(reader.caller);
    else this.#heldBy.set(reader.caller, held);
    if (more < 0) this.#serve();
  }

  #hasRoom({ caller, most }: Reader): boolean {
    return this.#held < this.#limits.ofAll && (this.#heldBy.get(caller) ?? 0) < most;
  }

  #serve(): void {
    for (const reader of this.#waiting) {
      if (this.#held >= this.#limits.ofAll) break;
      if (!this.#hasRoom(reader)) continue;
      this.#waiting.delete(reader);
      const { go } = reader;
      reader.go = null;
      go?.();
    }
    if (this.#waiting.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else if (this.#timer === undefined) {
      this.#timer = setInterval(() => this.#cutSlow(), this.#limits.patienceMs / 4);
      this.#timer.unref();
    }
  }

  #cutSlow(): void {
    const isFull = this.#held >= this.#limits.ofAll;
    const callers = new Set([...this.#waiting].map(({ caller }) => caller));
    const now = this.#clock();
    for (const { bytes, since, caller, cut } of this.#readers) {
      const isInTheWay = bytes > 0 && (isFull || callers.has(caller));
      if (isInTheWay && now - since >= this.#limits.patienceMs) cut();
    }
  }
}
