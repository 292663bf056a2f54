import { type Subject, subjectDetails, type Via } from "#lib/core/subject.ts";
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
  subject?: Subject;
  via?: Via;
}

const sameAgainMs = 60_000;
const mostOfOne = 40;
const mostOfAll = 200;

/** What must not be crowded out has room of its own: tried resets, and proofs that were no good. */
const ownRoom: ReadonlySet<string> = new Set(["applyReset", "signIn", "apiToken"]);

/**
 * Puts refusals into the activity: the same one once a minute, and no more of different ones than so many of each
 * actor and of all, so that nobody fills it.
 */
export class Refusals {
  readonly #append: (entry: ActivityEntry) => Promise<unknown>;
  readonly #told = new Map<string, { at: EpochMs; budgets: readonly string[] }>();
  readonly #counts = new Map<string, number>();

  /** @param append its failures are its own to tell */
  constructor(append: (entry: ActivityEntry) => Promise<unknown>) {
    this.#append = append;
  }

  /** @param key tells actors apart, also where two have one name, or none */
  note({ code, message, subject, via, ...refusal }: Refusal, key: string, now: EpochMs): void {
    this.#forget(now);
    const same = JSON.stringify([key, code, ...Object.values(refusal)]);
    const room = ownRoom.has(refusal.action) ? refusal.action : "";
    const budgets = [JSON.stringify([room]), JSON.stringify([room, key])] as const;
    const [all, own] = budgets.map((budget) => this.#counts.get(budget) ?? 0) as [number, number];
    if (this.#told.has(same) || all >= mostOfAll || own >= mostOfOne) return;
    this.#told.set(same, { at: now, budgets });
    this.#count(budgets, 1);
    const details = { code, message, ...subjectDetails({ subject, via }) };
    this.#append({ ...refusal, at: now, outcome: "refused", details }).catch(() => {});
  }

  #forget(now: EpochMs): void {
    for (const [same, { at, budgets }] of this.#told) {
      if (now - at < sameAgainMs) break;
      this.#told.delete(same);
      this.#count(budgets, -1);
    }
  }

  #count(budgets: readonly string[], by: number): void {
    for (const budget of budgets) {
      const count = (this.#counts.get(budget) ?? 0) + by;
      if (count === 0) this.#counts.delete(budget);
      else this.#counts.set(budget, count);
    }
  }
}
