import type { Clock } from "#lib/core/time.ts";
import { toIso } from "#lib/core/time.ts";
import { trendLag } from "#lib/lag/trend-lag.ts";
import { hubSnapshot } from "./hub-snapshot.ts";
import type { HubMemory } from "./memory.ts";
import { observeGroups } from "./observe-groups.ts";
import { groupKey, type HubSnapshot } from "./snapshot.ts";
import { type MonitoredHub, readWithin } from "./sources.ts";

export interface RefreshOptions {
  previous: HubSnapshot;
  memory: HubMemory;
  refreshMs: number;
  /** For each of the two steps, blobs and hub. */
  limitMs: number;
  stop: AbortSignal;
  clock: Clock;
}

/**
 * One refresh: every store's blobs side by side, then the hub. In this order, so that the race between the
 * two over-counts by what arrives in between and never goes negative (facts, section 2). Never throws for a
 * source's failure: that stands in the snapshot.
 */
export async function refreshHub(hub: MonitoredHub, options: RefreshOptions): Promise<HubSnapshot> {
  const { previous, memory, refreshMs, limitMs, stop, clock } = options;
  const stores = await Promise.all(
    hub.stores.map((store) =>
      readWithin(`The checkpoint store ${store.id}`, limitMs, stop, (read) => store.read(read)),
    ),
  );
  const reading = await readWithin(`The event hub ${hub.eventHubName}`, limitMs, stop, (read) =>
    hub.hub.read(read),
  );
  const now = clock();
  if (reading.value !== null) memory.observeHub(reading.value);
  const groups = observeGroups({ hub, previous, stores, reading, memory, refreshMs, now });
  for (const { group } of groups) {
    memory.observeTrend(groupKey(group.store, group.name), now, trendLag(group));
  }
  memory.keepOnly(new Set(groups.map(({ group }) => groupKey(group.store, group.name))));
  const storeStates = hub.stores.map(({ id }, index) => ({
    id,
    observedAt:
      stores[index]?.value == null
        ? (previous.eventHub.checkpointStores[index]?.observedAt ?? null)
        : toIso(now),
    error: stores[index]?.fault ?? null,
  }));
  return hubSnapshot(hub, previous, reading.value, reading.fault, storeStates, groups, memory);
}
