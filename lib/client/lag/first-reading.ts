import type { Fault } from "#lib/api/errors.ts";
import type { EventHub } from "#lib/api/event-hub.ts";

/** Without `store` the hub itself was never read; without `error` its first reading is under way. */
interface UnreadSource {
  hub: string;
  store: string | null;
  error: Fault | null;
}

/** Hubs and stores that were never read. While there are any, a list without groups proves nothing. */
export function unreadSources(hubs: readonly EventHub[]): UnreadSource[] {
  return hubs.flatMap((hub): UnreadSource[] => {
    const stores = hub.checkpointStores.filter(({ observedAt }) => observedAt === null);
    // The hub's error may repeat its first failing store's.
    const ownError = hub.errorStore === null ? hub.error : null;
    const failing = stores.filter(({ error }) => error !== null);
    if (hub.observedAt === null && (ownError !== null || failing.length === 0))
      return [{ hub: hub.id, store: null, error: ownError }];
    return stores.map(({ id, error }) => ({ hub: hub.id, store: id, error }));
  });
}
