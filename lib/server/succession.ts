import { randomBytes } from "node:crypto";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";

/** `before` is the snapshot told before it. Null: the first of its hub. */
interface Step {
  readonly id: string;
  readonly before: { readonly id: string; readonly groups: HubSnapshot["groups"] } | null;
}

/** Remembers the order in which each hub's snapshots are told. Keeps only the groups of the previous one. */
export class Succession {
  readonly #isWatched: (hubId: string) => boolean;
  readonly #steps = new WeakMap<HubSnapshot, Step>();
  readonly #last = new Map<string, NonNullable<Step["before"]>>();
  /** Makes ids differ from those before a restart. */
  readonly #run = randomBytes(4).toString("hex");
  #count = 0;

  constructor(isWatched: (hubId: string) => boolean) {
    this.#isWatched = isWatched;
  }

  /** Call it when a snapshot is told: a new one follows the last of its hub. */
  step(snapshot: HubSnapshot): Step {
    const known = this.#steps.get(snapshot);
    if (known !== undefined) return known;
    for (const id of this.#last.keys()) if (!this.#isWatched(id)) this.#last.delete(id);
    this.#count += 1;
    const id = `${this.#run}-${this.#count}`;
    const step = { id, before: this.#last.get(snapshot.eventHub.id) ?? null };
    this.#steps.set(snapshot, step);
    this.#last.set(snapshot.eventHub.id, { id, groups: snapshot.groups });
    return step;
  }
}
