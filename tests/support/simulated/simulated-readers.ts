import type { Script } from "./live-script.ts";

export const stepMs = 50;

interface Reader {
  id: string;
  next: number;
  /** The batch's last event. Smaller than `next` when there was none. */
  done: number;
  doneAt: number;
  left: number;
  queueEnd: number;
}

export interface ReadPartition {
  readonly now: number;
  readonly fence: boolean;
  standsAt(): number | null;
  store(id: string, sequenceNumber: number): void;
}

/**
 * The processors of one simulated partition. One reads at a time, but a busy one still ends its handler and
 * stores its result, with or without a fence. A fence throws out a waiting reader at once, and a busy one
 * when it is done. A reader starts at the checkpoint unless it still reads.
 */
export class SimulatedReaders {
  readonly starts: number[] = [];
  readonly #script: Script;
  readonly #world: ReadPartition;
  #reader: Reader | null;
  #busy: Reader[] = [];

  constructor(script: Script, world: ReadPartition) {
    this.#script = script;
    this.#world = world;
    this.#reader = this.#handed("old", (script.before ?? -1) + 1, script.queued, Infinity);
  }

  last(): number {
    const { last, perSecond } = this.#script;
    return last + Math.floor((this.#world.now * perSecond) / 1_000);
  }

  advance(): void {
    const { now, fence } = this.#world;
    for (const each of this.#busy) if (now >= each.doneAt) this.#store(each);
    this.#busy = this.#busy.filter(({ doneAt }) => now < doneAt);
    const reader = this.#reader;
    if (reader === null || now < reader.doneAt) return;
    this.#store(reader);
    const { id, done, left, queueEnd } = reader;
    if (!fence) this.#reader = this.#handed(id, done + 1, left, Infinity);
    // Behind a fence it has only its own queue, and then it is detached.
    else if (left > 0 && done < queueEnd) this.#reader = this.#handed(id, done + 1, left - 1, queueEnd);
    else this.#reader = null;
  }

  detach(): void {
    const reader = this.#reader;
    if (reader === null) return;
    const isIdle = reader.done < reader.next;
    this.#reader = isIdle ? null : { ...reader, left: this.#script.queued, queueEnd: this.last() };
  }

  start(id: string): void {
    const reader = this.#reader;
    if (reader !== null && reader.id === id) return;
    if (reader !== null && reader.done >= reader.next) this.#busy.push(reader);
    const from = (this.#world.standsAt() ?? -1) + 1;
    this.starts.push(from);
    this.#reader = this.#handed(id, from, 0, Infinity);
  }

  #store({ id, next, done }: Reader): void {
    if (done >= next) this.#world.store(id, done);
  }

  #handed(id: string, next: number, left: number, queueEnd: number): Reader {
    const { batch, handlerMs } = this.#script;
    const done = Math.min(this.last(), queueEnd, next + batch - 1);
    return { id, next, done, doneAt: this.#world.now + (done < next ? stepMs : handlerMs), left, queueEnd };
  }
}
