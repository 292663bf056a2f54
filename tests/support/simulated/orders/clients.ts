import type { EpochMs } from "#lib/core/time.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { ModelBlob, ModelStore, ModelWrite } from "./store.ts";

export type Containers = ReadonlyMap<string, ReadonlyMap<string, ModelBlob>>;

/** What a client was told last, and when. */
interface Told<T> {
  value: T;
  at: EpochMs;
}

/** One that the dashboard made, with what its client had seen by then, and what was recorded of it. */
export interface Made {
  write: ModelWrite;
  now: EpochMs;
  entry: EntryRecord | null;
  seen: Containers;
  seenAt: ReadonlyMap<string, EpochMs>;
  standing: Containers;
  /** What was listed: nobody sees a spelling that comes into being while a reset runs. */
  prefixes: ReadonlySet<string>;
  hub: Told<readonly string[]> | null;
  known: Told<readonly string[]> | null;
}

interface Client extends Pick<Made, "hub" | "known"> {
  prefixes: Set<string>;
  seen: Map<string, Map<string, ModelBlob>>;
  seenAt: Map<string, EpochMs>;
  made: Made[];
  reset: ResetRecord | null;
  /** As many requests and stored steps later it is killed. */
  diesAfter: number | null;
}

/** Each plan and each run has an account of its own before the same containers, so that it is known who saw what. */
export class Clients {
  readonly #all = new Map<string, Client>();
  readonly #store: ModelStore;

  constructor(store: ModelStore) {
    this.#store = store;
  }

  clear(): void {
    this.#all.clear();
  }

  of(name: string): Client {
    const known = this.#all.get(name);
    if (known !== undefined) return known;
    const client: Client = {
      ...{ seen: new Map(), seenAt: new Map(), prefixes: new Set<string>(), made: [] },
      ...{ hub: null, known: null },
      ...{ reset: null, diesAfter: null },
    };
    this.#all.set(name, client);
    return client;
  }

  look(client: string, container: string, prefix: string): void {
    // A look at one blob is for its content alone.
    if (/\/(checkpoint|ownership)\/./i.test(prefix)) return;
    const { seen, seenAt, prefixes } = this.of(client);
    prefixes.add(prefix);
    const known = seen.get(container) ?? new Map<string, ModelBlob>();
    seen.set(container, known);
    for (const name of [...known.keys()]) if (name.startsWith(prefix)) known.delete(name);
    for (const [name, blob] of this.#store.blobs(container))
      if (name.startsWith(prefix)) known.set(name, blob);
    seenAt.set(container, this.#store.now);
  }

  note(write: ModelWrite): void {
    const { seen, seenAt, made, reset, hub, known, prefixes } = this.of(write.client);
    const entry = reset?.entries.find((one) => one.write?.blobName === write.blobName) ?? null;
    made.push({
      ...{ write, now: this.#store.now, entry: structuredClone(entry), hub, known, prefixes },
      ...{ seen: copied(seen), seenAt: new Map(seenAt), standing: copied(this.#store.containers) },
    });
  }
}

export function copied(all: Containers): Containers {
  return new Map([...all].map(([name, blobs]) => [name, new Map(blobs)]));
}
