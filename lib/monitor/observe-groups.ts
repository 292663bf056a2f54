import type { Fault } from "#lib/api/errors.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import { turns } from "#lib/core/pause.ts";
import type { StoredGroup, StoreReading } from "#lib/core/stored-blobs.ts";
import type { GoneGroup } from "#lib/history/remembered/gone-group.ts";
import { observeGroup } from "./group/observe-group.ts";
import { keepSame, keepSameItems } from "./keep-same.ts";
import type { HubMemory } from "./memory.ts";
import type { Listings } from "./slow/listings.ts";
import { type GroupName, type GroupSnapshot, groupKey, type HubSnapshot } from "./snapshot.ts";
import type { MonitoredHub, Outcome } from "./sources.ts";
import { staleGroup } from "./stale-group.ts";

export interface Observation {
  hub: MonitoredHub;
  configuredGroups: readonly string[];
  previous: HubSnapshot;
  stores: readonly Outcome<StoreReading>[];
  reading: Outcome<HubReading>;
  memory: HubMemory;
  refreshMs: number;
  now: number;
  listings: Listings;
  gone: readonly GoneGroup[];
}

type Rest = ReturnType<typeof turns>;

interface Candidate {
  name: string;
  store: string;
  stored: StoredGroup | null;
  outcome: Outcome<StoreReading>;
}

/** Builds every group of every store, ordered by store and name. Lets others run in between. */
export async function observeGroups(observation: Observation): Promise<GroupSnapshot[]> {
  const rest = turns();
  const previous = new Map(
    observation.previous.groups.map((snapshot) => [
      groupKey(snapshot.group.store, snapshot.group.name),
      snapshot,
    ]),
  );
  const groups: GroupSnapshot[] = [];
  for (const candidate of candidates(observation)) {
    await rest();
    const fault = candidate.outcome.fault ?? observation.reading.fault;
    const before = previous.get(groupKey(candidate.store, candidate.name));
    groups.push(
      fault !== null && before !== undefined && before.group.observedAt !== null
        ? staleGroup(before, fault, candidate.stored, candidate.outcome.value?.readAt ?? null)
        : await withWhatStays(await observeNow(observation, candidate, fault, rest), before, rest),
    );
  }
  return groups;
}

async function withWhatStays(
  snapshot: GroupSnapshot,
  before: GroupSnapshot | undefined,
  rest: Rest,
): Promise<GroupSnapshot> {
  if (before === undefined) return snapshot;
  const { group, busyCheckpointSeconds } = before;
  return {
    ...snapshot,
    group: {
      ...snapshot.group,
      formats: keepSame(group.formats, snapshot.group.formats),
      owners: keepSame(group.owners, snapshot.group.owners),
      notes: keepSame(group.notes, snapshot.group.notes),
    },
    busyCheckpointSeconds: keepSame(busyCheckpointSeconds, snapshot.busyCheckpointSeconds),
    partitions: await keepSameItems(
      before.partitions,
      snapshot.partitions,
      ({ partitionId }) => partitionId,
      rest,
    ),
  };
}

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
  const unseen = storeOfUnseen(hub, stores, previous);
  for (const [lower, name] of casing) {
    if (!named.has(lower) && unseen !== null) add({ name, ...unseen, stored: null });
  }
  return [...found.values()].sort(byStoreAndName(hub));
}

export function byStoreAndName({ stores }: Pick<MonitoredHub, "stores">) {
  const order = new Map(stores.map(({ id }, index) => [id, index]));
  return (a: GroupName, b: GroupName) =>
    (order.get(a.store) ?? 0) - (order.get(b.store) ?? 0) || byName.compare(a.name, b.name);
}

/**
 * Puts a group without any blob under the first store, since it could appear anywhere. If a store that was
 * never read fails, its blobs may be there, so the group is unknown and that fault says why.
 */
function storeOfUnseen(
  hub: MonitoredHub,
  stores: Observation["stores"],
  { eventHub }: HubSnapshot,
): Pick<Candidate, "store" | "outcome"> | null {
  const seen = new Set(
    eventHub.checkpointStores.filter(({ observedAt }) => observedAt !== null).map(({ id }) => id),
  );
  const outcomes = hub.stores.flatMap(({ id: store }, index) => {
    const outcome = stores[index];
    return outcome === undefined ? [] : [{ store, outcome }];
  });
  return (
    outcomes.find(({ store, outcome }) => outcome.fault !== null && !seen.has(store)) ?? outcomes[0] ?? null
  );
}

const byName = new Intl.Collator("en", { numeric: true });

async function observeNow(
  observation: Observation,
  candidate: Candidate,
  fault: Fault | null,
  rest: Rest,
): Promise<GroupSnapshot> {
  const { hub, memory, refreshMs, now } = observation;
  const { value: reading } = observation.reading;
  const isRead = fault === null && reading !== null;
  const snapshot = await observeGroup(
    {
      name: candidate.name,
      store: candidate.store,
      stored: candidate.stored,
      storeNow: candidate.outcome.value?.readAt ?? now,
      listedBefore: (at) => {
        const listing = observation.listings.before(candidate.store, at);
        const stored = listing?.groups.get(candidate.name.toLowerCase()) ?? null;
        return listing === null ? null : { stored, storeNow: listing.readAt };
      },
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
    rest,
  );
  if (fault === null) return snapshot;
  const partitionCount = reading?.partitions.length ?? null;
  const group = { ...snapshot.group, partitionCount, observedAt: null, stale: true, error: fault };
  return { ...snapshot, group };
}

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
