import { createStore, type Store } from "#lib/client/browser/store.ts";
import { identityColorCount } from "./identity-colors.ts";

export type Colors = ReadonlyMap<string, number>;

/** Owners change with every deployment; the oldest are forgotten beyond this. */
const mostRemembered = 500;
const key = "tidemark.owner-colors";
const nothing: Colors = new Map();

/** Adds new colours, oldest first. Returns the same map if nothing is new. */
export function rememberColors(remembered: Colors, given: Colors): Colors {
  if ([...given].every(([id, color]) => remembered.get(id) === color)) return remembered;
  const all = new Map([...remembered, ...given]);
  for (const id of all.keys()) {
    if (all.size <= mostRemembered) break;
    if (!given.has(id)) all.delete(id);
  }
  return all;
}

export function readColors(text: string | null): Colors {
  if (text === null) return nothing;
  try {
    const entries: unknown = JSON.parse(text);
    return Array.isArray(entries) ? new Map(entries.filter(isEntry)) : nothing;
  } catch {
    return nothing;
  }
}

function isEntry(entry: unknown): entry is [string, number] {
  if (!Array.isArray(entry) || typeof entry[0] !== "string") return false;
  return Number.isInteger(entry[1]) && entry[1] >= 1 && entry[1] <= identityColorCount;
}

/** The browser may refuse its storage; colours then last as long as the page. */
function stored(): Colors {
  try {
    return readColors(localStorage.getItem(key));
  } catch {
    return nothing;
  }
}

let memory: Store<Colors> | null = null;

function opened(): Store<Colors> {
  memory ??= createStore(stored());
  return memory;
}

export const colorMemory = {
  subscribe: (listener: () => void) => opened().subscribe(listener),
  get: (): Colors => opened().get(),
  /** For the server and the first render, which must match. */
  none: (): Colors => nothing,
  /** @param from what they were given by: those of the first render know none of the remembered ones */
  keep(given: Colors, from: Colors): void {
    const before = opened().get();
    if (from !== before) return;
    const next = rememberColors(before, given);
    if (next === before) return;
    opened().set(next);
    try {
      localStorage.setItem(key, JSON.stringify([...rememberColors(stored(), next)]));
    } catch {}
  },
};
