import { commonFormat } from "#lib/checkpoint-store/formats/common.ts";
import { formatsFor } from "#lib/checkpoint-store/formats/formats.ts";
import type { SharedLevels } from "#lib/checkpoint-store/listing/levels.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { lackingRights } from "#lib/checkpoint-store/whole/write-rights.ts";
import type { AskedGroup, GroupAddress } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import { createEventReader } from "#lib/event-hub/event-reader.ts";
import { openFence } from "#lib/event-hub/fence.ts";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { LiveSettings } from "#lib/reset/group/live-pace.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import type { HubConfig, StoreConfig } from "#lib/server/config/config.ts";
import { hubConnection, propertyRateOf } from "#lib/server/hubs/monitored-hub.ts";
import { stallOf } from "#lib/server/hubs/observed-stall.ts";
import { resourceReaderOf } from "#lib/server/hubs/resource-readers.ts";
import { containerOf, readerOptions, storeInAccount } from "#lib/server/hubs/store-source.ts";
import { findGroup, findHub } from "#lib/server/queries.ts";
import { readWholeHub } from "./read-whole-hub.ts";

export interface ResetPlaces {
  /**
   * Finds a group without any request; the place itself reads anew each time.
   * @throws AppError `notFound`; `conflict` if the group's container is unknown
   */
  find(address: AskedGroup): ResetPlace;
  /**
   * Also finds a group without blobs in that store, as the target or source of a move. Places with the same
   * `sharedLevels` look for spellings together: for plans, which are looked at again before anything is
   * written.
   * @throws AppError as `find`, and `notFound` for an unknown store
   */
  findTarget(address: GroupAddress, sharedLevels?: SharedLevels): ResetPlace;
}

export function createResetPlaces(
  monitor: Monitor,
  configs: () => readonly HubConfig[],
  liveSettings?: LiveSettings,
): ResetPlaces {
  function placeAt(
    hubId: string,
    group: { name: string; store: string },
    sharedLevels?: SharedLevels,
  ): ResetPlace {
    const all = configs();
    const hub = all.find(({ id }) => id === hubId);
    if (hub === undefined) throw new AppError("notFound", `The event hub ${hubId} is no longer watched.`);
    const store = storeOf(hub, group.store, group.name);
    const container = containerOf(store);
    // Shared by all readings, since bodies are cached by etag; prefixes are searched each time.
    const reader = groupReader(hub, store, all, group.name, sharedLevels);
    const now = () => groupNow(monitor.snapshot(hub.id), group.store, group.name);
    return {
      hub: hub.id,
      fullyQualifiedNamespace: hub.fullyQualifiedNamespace,
      eventHubName: hub.eventHubName,
      store: group.store,
      group: group.name,
      inspectionConsumerGroup: hub.inspectionConsumerGroup,
      ownershipExpirationSeconds: hub.ownershipExpirationSeconds,
      container,
      lackingRights: (blobName, abortSignal) => lackingRights(container, blobName, { abortSignal }),
      commonPrefix: formatsFor(store.formats).includes(commonFormat) ? (store.prefix ?? "") : null,
      readStore: (abortSignal) => reader.read({ abortSignal }),
      readHub: (abortSignal, partitionIds) => readHub(hub, abortSignal, partitionIds),
      hubReadMs: (partitions = monitor.snapshot(hub.id)?.eventHub.partitionCount ?? 0) =>
        propertyRateOf(hub).msFor(partitions + 1) + hubReadMarginMs,
      openEvents: () => createEventReader({ ...hubConnection(hub), rate: propertyRateOf(hub) }),
      readOtherGroup: (name, storeId, abortSignal) =>
        readOtherGroup(monitor, hub, all, { name, storeId }, abortSignal),
      contestedPartitions: () =>
        now()?.group.notes.find(({ code }) => code === "contestedCheckpoints")?.partitionIds ?? [],
      observedCheckpointSeconds: (partitionId) => now()?.busyCheckpointSeconds?.[partitionId] ?? null,
      observedStall: (partitionId) =>
        stallOf(now()?.partitions.find((partition) => partition.partitionId === partitionId)),
      observedWorkingSeconds: () => now()?.group.slowestCheckpoint?.seconds ?? null,
      ...(liveSettings && { liveSettings }),
      openFence: (options) =>
        openFence(hubConnection(hub), {
          ...options,
          consumerGroup: group.name,
          rate: propertyRateOf(hub),
        }),
      knownGroups: knownGroupsOf(hub),
      isGroupSeen: () =>
        (monitor.snapshot(hub.id)?.groups ?? []).some((each) => isSameName(each.group.name, group.name)),
      observedExpirationSeconds: () => now()?.observedExpirationSeconds ?? null,
    };
  }

  return {
    find(address) {
      const { group } = findGroup(findHub(monitor, address.hub), address.group, address.store);
      return placeAt(address.hub, group);
    },
    findTarget({ hub, group: wanted, store }, sharedLevels) {
      const known = findHub(monitor, hub).groups.find(
        ({ group }) => group.store === store && isSameName(group.name, wanted),
      );
      return placeAt(hub, known?.group ?? { name: wanted, store }, sharedLevels);
    },
  };
}

const hubReadLimitMs = 30_000;
const hubReadMarginMs = 15_000;

/** Azure Resource Manager may cut longer lists. */
const mostKnownGroups = 1_000;

function knownGroupsOf(hub: HubConfig): ResetPlace["knownGroups"] {
  const reader = resourceReaderOf(hub);
  if (reader === null) return null;
  return async (abortSignal) => {
    const names = await reader.consumerGroups(hub.eventHubName, { abortSignal });
    if (names.length < mostKnownGroups) return names;
    throw new AppError(
      "azureFailed",
      `Azure Resource Manager lists ${mostKnownGroups} consumer groups or more, so it can't be told which are gone.`,
    );
  };
}

function storeOf(hub: HubConfig, storeId: string, group: string): StoreConfig {
  const stores = hub.checkpointStores;
  const store = stores.find(({ id }) => id === storeId);
  if (store !== undefined && !store.isAccount) return store;
  if (store !== undefined)
    throw new AppError(
      "conflict",
      `The consumer group ${group} has no blob in the account ${store.id} yet, so it is not known which container ` +
        "its processors use: start them once, or name the container in the configuration (checkpointStores).",
    );
  const account = stores.find(({ id, isAccount }) => isAccount && storeId.startsWith(`${id}/`));
  if (account === undefined)
    throw new AppError(
      "notFound",
      `The event hub ${hub.id} has no checkpoint store ${JSON.stringify(storeId)}.`,
    );
  return storeInAccount(account, storeId.slice(account.id.length + 1));
}

function groupReader(
  hub: HubConfig,
  store: StoreConfig,
  all: readonly HubConfig[],
  group: string,
  sharedLevels?: SharedLevels,
) {
  const options = readerOptions(hub, store, all);
  return createStoreReader(containerOf(store), {
    ...options,
    onlyGroup: group,
    surveys: false,
    spellingsSeconds: 0,
    sharedLevels,
  });
}

async function readHub(hub: HubConfig, abortSignal: AbortSignal | null, partitionIds?: readonly string[]) {
  const reader = createHubReader({ ...hubConnection(hub), rate: propertyRateOf(hub), goesFirst: true });
  try {
    return await readWholeHub(reader, {
      abortSignal: abortSignal ?? undefined,
      limitMs: hubReadLimitMs,
      partitionIds,
    });
  } finally {
    await reader.close();
  }
}

async function readOtherGroup(
  monitor: Monitor,
  hub: HubConfig,
  all: readonly HubConfig[],
  wanted: { name: string; storeId: string | undefined },
  abortSignal: AbortSignal,
): Promise<StoredGroup | null> {
  const lower = wanted.name.toLowerCase();
  const known = findHub(monitor, hub.id).groups.find(
    ({ group }) =>
      isSameName(group.name, wanted.name) && (wanted.storeId === undefined || group.store === wanted.storeId),
  );
  if (known === undefined) return null;
  const store = storeOf(hub, known.group.store, known.group.name);
  const { groups } = await groupReader(hub, store, all, lower).read({ abortSignal });
  return groups.get(lower) ?? null;
}

function groupNow(snapshot: HubSnapshot | null, store: string, name: string) {
  return snapshot?.groups.find(({ group }) => group.store === store && group.name === name) ?? null;
}
