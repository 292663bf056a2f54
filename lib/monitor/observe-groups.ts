import type { Fault } from "#lib/api/errors.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredGroup, StoreReading } from "#lib/core/stored-blobs.ts";
import type { GoneGroup } from "#lib/history/remembered/gone-group.ts";
import type { HubMemory } from "./memory.ts";
import { observeGroup } from "./observe-group.ts";
import { type GroupName, type GroupSnapshot, groupKey, type HubSnapshot } from "./snapshot.ts";
import type { MonitoredHub, Outcome } from "./sources.ts";
import { staleGroup } from "./stale-group.ts";

export interface Observation {
  hub: MonitoredHub;
  /** Those of the hub's that the configuration names itself. */
  configuredGroups: readonly string[];
  previous: HubSnapshot;
  /** By the hub's order of stores. */
  stores: readonly Outcome<StoreReading>[];
  reading: Outcome<HubReading>;
  memory: HubMemory;
  refreshMs: number;
  now: number;
  /** Groups that had blobs and have none any more: they are told apart from these. */
  gone: readonly GoneGroup[];
}

interface Candidate {
  name: string;
  store: string;
  stored: StoredGroup | null;
  outcome: Outcome<StoreReading>;
}

/** Every group of every store, in the stores' order and then by name. */
export function observeGroups(observation: Observation): GroupSnapshot[] {
  const previous = new Map(
    observation.previous.groups.map((snapshot) => [
      groupKey(snapshot.group.store, snapshot.group.name),
      snapshot,
    ]),
  );
  return candidates(observation).map((candidate) => {
    const fault = candidate.outcome.fault ?? observation.reading.fault;
    const before = previous.get(groupKey(candidate.store, candidate.name));
    // Once read, older figures stay on the screen, marked as such, rather than giving way to nothing.
    return fault !== null && before !== undefined && before.group.observedAt !== null
      ? staleGroup(before, fault, candidate.stored, candidate.outcome.value?.readAt ?? null)
      : observeNow(observation, candidate, fault);
  });
}

/** Groups with blobs, those that are configured, and those that a failing store had. */
function candidates({ hub, stores, previous, gone }: Observation): Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate) => {
    const key = groupKey(candidate.store, candidate.name);
    if (!found.has(key)) found.set(key, candidate);
  };
  const casing = new Map(hub.consumerGroups.map((name) => [name.toLowerCase(), name]));
  for (const [index, { id }] of hub.stores.entries()) {
    const outcome = stores[index];
    if (outcome === undefined) continue;
    for (const [name, stored] of outcome.value?.groups ?? []) {
      add({ name: casing.get(name) ?? stored.name, store: id, stored, outcome });
    }
    for (const { group } of outcome.value === null ? previous.groups : []) {
      if (group.store === id && group.goneSince === null)
        add({ name: group.name, store: id, stored: null, outcome });
    }
  }
  const named = new Set([...found.values(), ...gone].map(({ name }) => name.toLowerCase()));
  const place = placeOfUnseen(hub, stores, previous);
  for (const [lower, name] of casing) {
    if (!named.has(lower) && place !== null) add({ name, ...place, stored: null });
  }
  return [...found.values()].sort(byStoreAndName(hub));
}

/** In the order of the hub's stores, then of the names. */
export function byStoreAndName({ stores }: Pick<MonitoredHub, "stores">) {
  const order = new Map(stores.map(({ id }, index) => [id, index]));
  return (a: GroupName, b: GroupName) =>
    (order.get(a.store) ?? 0) - (order.get(b.store) ?? 0) || byName.compare(a.name, b.name);
}

/**
 * Where a group stands of which no blob was seen: it could check in anywhere, so under the first store. While one fails
 * whose blobs were never seen, they may be there: nothing can be told of the group, and that store's fault says why.
 */
function placeOfUnseen(
  hub: MonitoredHub,
  stores: Observation["stores"],
  { eventHub }: HubSnapshot,
): Pick<Candidate, "store" | "outcome"> | null {
  const seen = new Set(
    eventHub.checkpointStores.filter(({ observedAt }) => observedAt !== null).map(({ id }) => id),
  );
  const places = hub.stores.flatMap(({ id: store }, index) => {
    const outcome = stores[index];
    return outcome === undefined ? [] : [{ store, outcome }];
  });
  return places.find(({ store, outcome }) => outcome.fault !== null && !seen.has(store)) ?? places[0] ?? null;
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const byName = new Intl.Collator("en", { numeric: true });

function observeNow(observation: Observation, candidate: Candidate, fault: Fault | null): GroupSnapshot {
  const { hub, memory, refreshMs, now } = observation;
  const { value: reading } = observation.reading;
  const isRead = fault === null && reading !== null;
  const snapshot = observeGroup(
    {
      name: candidate.name,
      store: candidate.store,
      stored: candidate.stored,
      storeNow: candidate.outcome.value?.readAt ?? now,
      reading: isRead ? reading : unreadReading(observation, candidate, fault),
      isHubRead: isRead,
      isConfigured: observation.configuredGroups.some((name) => isSameName(name, candidate.name)),
      isForInspection: isSameName(hub.inspectionConsumerGroup ?? "", candidate.name),
      isStoreRead: candidate.outcome.fault === null,
      configuredExpirationSeconds: hub.ownershipExpirationSeconds,
      allowedLag: hub.allowedLag?.(candidate.name) ?? 0,
      refreshMs,
    },
    memory,
    memory.group(candidate.store, candidate.name),
  );
  if (fault === null) return snapshot;
  const partitionCount = reading?.partitions.length ?? null;
  const group = { ...snapshot.group, partitionCount, observedAt: null, stale: true, error: fault };
  return { ...snapshot, group };
}

/** The partitions that are known of, each unread: where a source failed, no lag can be told. */
function unreadReading(observation: Observation, candidate: Candidate, fault: Fault | null): HubReading {
  const known = observation.reading.value?.partitions.map(({ partitionId }) => partitionId);
  const named = new Set([
    ...(candidate.stored?.checkpoints.keys() ?? []),
    ...(candidate.stored?.ownerships.keys() ?? []),
  ]);
  const ids = known ?? [...named].sort(byName.compare);
  const error = new AppError(fault?.code ?? "notReadYet", fault?.message ?? "Nothing was read yet.");
  return {
    readAt: observation.now,
    createdOn: 0,
    isGeoDrEnabled: false,
    partitions: ids.map((partitionId) => ({ partitionId, properties: null, error })),
  };
}
