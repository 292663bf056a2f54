import type { EventHub } from "#lib/api/event-hub.ts";

/** Stays the same while more fail in the same way. @param store null: the hub itself */
export function failureKey(store: string | null, code: string): string {
  return JSON.stringify([store, code]);
}

/** Which parts of the hub could not be read, and how. `staleSources` has the words. */
export function failureKeys({ stale, error, errorStore, checkpointStores }: EventHub): string[] {
  const stores = checkpointStores.flatMap(({ id, error: own }) =>
    own === null ? [] : [failureKey(id, own.code)],
  );
  // The hub's error may repeat its first failing store's.
  if ((!stale && error === null) || errorStore !== null) return stores;
  if (error === null && stores.length > 0) return stores;
  return [failureKey(null, error?.code ?? ""), ...stores];
}
