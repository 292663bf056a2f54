import type { EventHub } from "#lib/api/event-hub.ts";

/** Something of it could not be read, which `staleSources` names. */
export function isFailing({ stale, error, errorStore, checkpointStores }: EventHub): boolean {
  return (
    checkpointStores.some((store) => store.error !== null) ||
    ((stale || error !== null) && errorStore === null)
  );
}
