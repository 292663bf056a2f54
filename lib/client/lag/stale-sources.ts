import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";

export interface StaleSource {
  name: string;
  observedAt: string | null;
  message: string;
}

export function staleSources(hubs: readonly EventHub[]): StaleSource[] {
  return hubs.flatMap((hub) => {
    const stores = hub.checkpointStores.flatMap(({ id, observedAt, error }) =>
      error === null ? [] : [{ name: `Store ${id} of ${hub.id}`, observedAt, message: error.message }],
    );
    // The hub's error may repeat its first failing store's.
    if ((!hub.stale && hub.error === null) || hub.errorStore !== null) return stores;
    if (hub.error === null && stores.length > 0) return stores;
    const message = hub.error?.message ?? "The last refresh failed.";
    return [{ name: hub.id, observedAt: hub.observedAt, message }, ...stores];
  });
}

export function groupStaleSources(group: ConsumerGroup, hub: Pick<EventHub, "id">): StaleSource[] {
  if (!group.stale && group.error === null) return [];
  const message = group.error?.message ?? `The last refresh of ${hub.id} failed.`;
  return [{ name: group.name, observedAt: group.observedAt, message }];
}
