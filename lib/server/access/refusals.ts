import type { EpochMs } from "#lib/core/time.ts";
import type { ActivityEntry } from "#lib/history/activity.ts";

/** Somebody was refused something. */
export interface Refusal {
  actor: string;
  /** The operation's id, `signIn`, or the page's path. */
  action: string;
  /** Blank where it is about none, or about one that they may not see. */
  hub: string;
  group: string | null;
  code: string;
  message: string;
}

const sameAgainMs = 60_000;
const mostAMinute = 200;

/**
 * Puts refusals into the activity: the same one once a minute, and no more of different ones than so many, so that
 * nobody fills it.
 */
export class Refusals {
  readonly #append: (entry: ActivityEntry) => Promise<unknown>;
  readonly #told = new Map<string, EpochMs>();

  /** @param append its failures are its own to tell */
  constructor(append: (entry: ActivityEntry) => Promise<unknown>) {
    this.#append = append;
  }

  note({ code, message, ...refusal }: Refusal, now: EpochMs): void {
    for (const [key, at] of this.#told) {
      if (now - at < sameAgainMs) break;
      this.#told.delete(key);
    }
    const key = JSON.stringify([code, ...Object.values(refusal)]);
    if (this.#told.has(key) || this.#told.size >= mostAMinute) return;
    this.#told.set(key, now);
    this.#append({ ...refusal, at: now, outcome: "refused", details: { code, message } }).catch(() => {});
  }
}
