import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";

/** A source whose last reading failed: whose figures are old, since when, and the sentence that says why. */
export interface StaleSource {
  name: string;
  observedAt: string | null;
  message: string;
}

/** What could not be read last time, each named once: stores that fail, and hubs that do so themselves. */
export function staleSources(hubs: readonly EventHub[]): StaleSource[] {
  return hubs.flatMap((hub) => {
    const stores = hub.checkpointStores.flatMap(({ id, observedAt, error }) =>
      error === null ? [] : [{ name: `Store ${id} of ${hub.id}`, observedAt, message: error.message }],
    );
    // Its error may be that of its first failing store, which is named already.
    if ((!hub.stale && hub.error === null) || hub.errorStore !== null) return stores;
    if (hub.error === null && stores.length > 0) return stores;
    const message = hub.error?.message ?? "The last refresh failed.";
    return [{ name: hub.id, observedAt: hub.observedAt, message }, ...stores];
  });
}

/** The same for one group: what it was read from, where that fails. */
export function groupStaleSources(group: ConsumerGroup, hub: Pick<EventHub, "id">): StaleSource[] {
  if (!group.stale && group.error === null) return [];
  const message = group.error?.message ?? `The last refresh of ${hub.id} failed.`;
  return [{ name: group.name, observedAt: group.observedAt, message }];
}
