import type { HubReading } from "#lib/core/hub-reading.ts";
import type { Clock } from "#lib/core/time.ts";
import { toIso } from "#lib/core/time.ts";
import type { Presence } from "./gone-groups.ts";
import { goneSnapshot } from "./gone-snapshot.ts";
import { hubSnapshot } from "./hub-snapshot.ts";
import type { HubMemory } from "./memory.ts";
import { byStoreAndName, observeGroups } from "./observe-groups.ts";
import { noteSeveralStores } from "./several-stores.ts";
import { Listings, type ReadStore } from "./slow/listings.ts";
import { readEvery } from "./slow/read-every.ts";
import { groupKey, type HubSnapshot, type RefreshEvidence } from "./snapshot.ts";
import { type MonitoredHub, type Outcome, readWithin, type StoreSource } from "./sources.ts";

export interface RefreshOptions {
  previous: HubSnapshot;
  memory: HubMemory;
  refreshMs: number;
  limitMs: number;
  stop: AbortSignal;
  clock: Clock;
}

/**
 * Refreshes a hub: all stores' blobs side by side, then the hub. This order counts events that arrive in
 * between as lag and never gives a negative one (lib/monitor/README.md#the-way-of-the-data). A source's
 * failure does not throw; it is part of the snapshot.
 */
export async function refreshHub(configured: MonitoredHub, options: RefreshOptions): Promise<HubSnapshot> {
  const { previous, memory, refreshMs, limitMs, stop, clock } = options;
  const startedAt = performance.now();
  const list = async (stopped: AbortSignal) =>
    (await Promise.all(configured.stores.map((store) => readStore(store, limitMs, stopped)))).flat();
  configured.hub.begin?.();
  const [listed, named] = await Promise.all([list(stop), namedGroups(configured, limitMs, stop)]);
  const listings = new Listings(listed);
  // Stores and groups just found count as configured from here.
  const hub = { ...configured, stores: listed.map(({ store }) => store), consumerGroups: named.all };
  const { hub: source } = hub;
  const reading = await listings.renewWhile(
    readWithin(
      `The event hub ${hub.eventHubName}`,
      limitMs,
      stop,
      (read) => source.read(read),
      () => source.goesOnUntil?.() ?? 0,
    ),
    { list, everyMs: refreshMs, isSlow: () => (source.pace?.() ?? null) !== null, stop },
  );
  const all = listings.newest();
  const stores = all.map(({ outcome }) => outcome);
  const durationSeconds = (performance.now() - startedAt) / 1000;
  // Stopped: the memory belongs to the successor now.
  if (stop.aborted) return previous;
  const now = clock();
  const partitionCount = reading.value?.partitions.length ?? previous.eventHub.partitionCount;
  const every = readEvery(source.pace?.() ?? null, partitionCount, refreshMs);
  const periodMs = every === undefined ? refreshMs : every.seconds * 1000;
  if (reading.value !== null) memory.observeHub(reading.value, periodMs);
  memory.gone.observe(memory.groups, { ...presenceIn(all), previous, now });
  const shownGone = () => memory.gone.shown(hub.stores.map(({ id }) => id));
  const { consumerGroups: configuredGroups } = configured;
  const rest = { reading, memory, refreshMs: periodMs, now, gone: shownGone(), listings };
  const observed = await observeGroups({ hub, configuredGroups, previous, stores, ...rest });
  const made = await Promise.all(shownGone().map((group) => goneSnapshot(group, now, refreshMs)));
  if (stop.aborted) return previous;
  // Somebody may have dismissed one meanwhile.
  const shown = new Set(shownGone().map(({ store, name }) => groupKey(store, name)));
  const gone = made.filter(({ group }) => shown.has(groupKey(group.store, group.name)));
  const groups = [...noteSeveralStores(observed), ...gone].sort((a, b) =>
    byStoreAndName(hub)(a.group, b.group),
  );
  memory.observeTrends(groups, now, presenceIn(all).readStores);
  const before = new Map(previous.eventHub.checkpointStores.map((store) => [store.id, store.observedAt]));
  const storeStates = all.map(({ store: { id }, outcome }) => ({
    id,
    observedAt: outcome.value === null ? (before.get(id) ?? null) : toIso(now),
    error: outcome.fault,
  }));
  const snapshot = hubSnapshot(hub, previous, reading.value, reading.fault, storeStates, groups, memory);
  if (every !== undefined) snapshot.eventHub.readEvery = every;
  return { ...snapshot, evidence: { durationSeconds, ...evidenceOf(configured, all, reading, named) } };
}

function presenceIn(stores: readonly ReadStore[]): Pick<Presence, "present" | "readStores"> {
  const read = stores.filter(({ outcome }) => outcome.value !== null);
  return {
    readStores: new Set(read.map(({ store }) => store.id)),
    present: new Set(
      read.flatMap(({ store, outcome }) =>
        [...(outcome.value?.groups.keys() ?? [])].map((name) => groupKey(store.id, name)),
      ),
    ),
  };
}

function evidenceOf(
  { catalog, hub }: MonitoredHub,
  stores: readonly ReadStore[],
  reading: Outcome<HubReading>,
  { listed }: NamedGroups,
): Omit<RefreshEvidence, "durationSeconds"> {
  return {
    stores: stores.map(({ store, outcome }) => ({
      id: store.id,
      reading: outcome.value,
      fault: outcome.fault,
    })),
    hub: { reading: reading.value, fault: reading.fault, reach: hub.reach?.() ?? null },
    catalog: catalog ? { consumerGroups: listed ?? [], fault: catalog.fault() } : null,
  };
}

async function readStore(store: StoreSource, limitMs: number, stop: AbortSignal): Promise<ReadStore[]> {
  const outcome = await readWithin(
    `The checkpoint store ${JSON.stringify(store.id)}`,
    limitMs,
    stop,
    (read) => store.read(read),
  );
  const found = store.found?.() ?? [];
  const inside = await Promise.all(found.map((one) => readStore(one, limitMs, stop)));
  return [{ store, outcome }, ...inside.flat()];
}

interface NamedGroups {
  /** Configured groups first; each in the spelling of the first who names it. */
  all: readonly string[];
  listed: readonly string[] | null;
}

async function namedGroups(hub: MonitoredHub, limitMs: number, stop: AbortSignal): Promise<NamedGroups> {
  const { catalog } = hub;
  if (!catalog) return { all: hub.consumerGroups, listed: null };
  const { value: listed } = await readWithin("Azure Resource Manager", limitMs, stop, (read) =>
    catalog.consumerGroups(read),
  );
  const named = new Map<string, string>();
  for (const name of [...hub.consumerGroups, ...(listed ?? [])]) {
    if (!named.has(name.toLowerCase())) named.set(name.toLowerCase(), name);
  }
  return { all: [...named.values()], listed };
}
