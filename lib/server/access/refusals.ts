import { type Subject, subjectDetails, type Via } from "#lib/core/subject.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { ActivityEntry } from "#lib/history/activity.ts";

export interface Refusal {
  actor: string;
  action: string;
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

/** These have their own budget, so that others can't crowd them out: attempted resets and bad proofs. */
const ownRoom: ReadonlySet<string> = new Set(["applyReset", "signIn", "apiToken"]);

/**
 * Records refusals in the activity: the same one once a minute, and a limited number per actor and in total,
 * so that nobody floods it. `append` reports its own failures. `key` tells apart actors with the same name or
 * none.
 */
export class Refusals {
  readonly #append: (entry: ActivityEntry) => Promise<unknown>;
  readonly #told = new Map<string, { at: EpochMs; budgets: readonly string[] }>();
  readonly #counts = new Map<string, number>();

  constructor(append: (entry: ActivityEntry) => Promise<unknown>) {
    this.#append = append;
  }

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
