import { type GroupMovePreviewRequest, mostGroupsAtOnce } from "#lib/api/plans/group-moves.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { commonFormat } from "#lib/checkpoint-store/formats/common.ts";
import { formatsFor } from "#lib/checkpoint-store/formats/formats.ts";
import { AppError } from "#lib/core/app-error.ts";
import { fitsPatternWithoutCase } from "#lib/core/name-pattern.ts";
import { type GroupMoveEntryRecord, notPlannedYet } from "#lib/history/group-moves/group-move-record.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { HubConfig, StoreConfig } from "#lib/server/config/config.ts";
import { storeInAccount } from "#lib/server/hubs/store-source.ts";
import { findHub } from "#lib/server/queries.ts";
import type { Covers } from "./group-moves-runtime.ts";

/**
 * The groups that stand in a store, as the last refreshes saw them, and the store that each goes to.
 * @throws AppError `notFound`, `invalidRequest`, `notReadYet`
 */
export function chooseGroups(
  monitor: Monitor,
  configs: readonly HubConfig[],
  { from, to, groups }: GroupMovePreviewRequest,
  covers: Covers,
): GroupMoveEntryRecord[] {
  const sourceStore = storeNamed(configs, from.hub, from.store);
  const source = containerKey(sourceStore);
  const targetStore = storeNamed(configs, from.hub, to.store);
  const target = containerKey(targetStore);
  if (!formatsFor(targetStore.formats).includes(commonFormat))
    throw new AppError(
      "invalidRequest",
      `to.store is ${to.store}, which is configured without the common layout. Name a store that has it, or add "common" to its formats.`,
    );
  const hubs = from.allHubs ? monitor.snapshots() : [findHub(monitor, from.hub)];
  const chosen = hubs.flatMap(({ eventHub, groups: known }) => {
    const config = configs.find(({ id }) => id === eventHub.id);
    if (config === undefined) return [];
    const isOwn = eventHub.id === from.hub;
    const here = isOwn ? from.store : storeOfContainer(config, sourceStore);
    if (here === null) return [];
    needRead(eventHub, here);
    const there = isOwn ? to.store : storeOfContainer(config, targetStore);
    return known
      .filter(
        ({ group }) => group.store === here && groups.some((one) => fitsPatternWithoutCase(one, group.name)),
      )
      .filter(({ group }) => covers(eventHub.id, group.name))
      .map(({ group }) => newEntry(eventHub.id, group, there, { from: source, to: target }));
  });
  if (chosen.length === 0)
    throw new AppError(
      "invalidRequest",
      `groups must name a group of the store ${from.store}, which has none of that name.`,
    );
  if (chosen.length > mostGroupsAtOnce)
    throw new AppError(
      "invalidRequest",
      `groups must name at most ${mostGroupsAtOnce} groups, and names ${chosen.length}: choose fewer.`,
    );
  return chosen.toSorted((a, b) => a.hub.localeCompare(b.hub) || a.group.localeCompare(b.group));
}

function newEntry(
  hub: string,
  { name: group, store }: { name: string; store: string },
  to: string | null,
  containers: GroupMoveEntryRecord["containers"],
): GroupMoveEntryRecord {
  const entry = { ...notPlannedYet(), hub, group, store, to: to ?? "", containers };
  if (to !== null) return entry;
  return { ...entry, result: "blocked", reason: reason("targetStoreMissing", { hub }) };
}

/** Refuses a list of groups that was not read whole, which would silently leave some out. */
function needRead({ id, checkpointStores }: ReturnType<typeof findHub>["eventHub"], storeId: string): void {
  const store = checkpointStores.find((one) => one.id === storeId || storeId.startsWith(`${one.id}/`));
  if (store !== undefined && store.observedAt !== null && store.error === null) return;
  throw new AppError(
    "notReadYet",
    `The store ${storeId} of the event hub ${id} can't be read now, so its groups are not known.`,
    { retryable: true },
  );
}

function storeNamed(configs: readonly HubConfig[], hubId: string, storeId: string): StoreConfig {
  const store = configs
    .find(({ id }) => id === hubId)
    ?.checkpointStores.flatMap((one) => storesIn(one, storeId))
    .find(({ id }) => id === storeId);
  if (store === undefined)
    throw new AppError(
      "notFound",
      `The event hub ${hubId} has no checkpoint store ${JSON.stringify(storeId)}.`,
    );
  if (store.isAccount)
    throw new AppError(
      "invalidRequest",
      `The store ${storeId} is a whole account: name one of its containers.`,
    );
  return store;
}

function storesIn(store: StoreConfig, wantedId: string): StoreConfig[] {
  const prefix = `${store.id}/`;
  return store.isAccount && wantedId.startsWith(prefix)
    ? [storeInAccount(store, wantedId.slice(prefix.length))]
    : [store];
}

/** A hub may name the container, or the whole account that holds it. */
function storeOfContainer({ checkpointStores }: HubConfig, wanted: StoreConfig): string | null {
  const named = checkpointStores.filter(({ isAccount }) => !isAccount);
  const inAccounts = checkpointStores
    .filter(({ isAccount }) => isAccount)
    .map((account) => storeInAccount(account, wanted.containerName));
  const key = containerKey(wanted);
  return [...named, ...inAccounts].find((store) => containerKey(store) === key)?.id ?? null;
}

/** Names the container and prefix of a store, without the signature that its address may carry. */
function containerKey({ containerUrl, prefix }: StoreConfig): string {
  const { origin, pathname } = new URL(containerUrl);
  return `${origin}${pathname} ${prefix ?? ""}`;
}

/**
 * Returns the id of a store that has another container now than at the plan. Null: none has. An undo checks
 * the target's store alone.
 * @throws AppError `notFound` for a store that is configured no longer
 */
export function repointedStore(configs: readonly HubConfig[], entry: GroupMoveEntryRecord): string | null {
  const target = [entry.to, entry.containers.to] as const;
  const source = [entry.store, entry.containers.from] as const;
  const sides = entry.undo === null ? [source, target] : [target];
  const moved = sides.find(([id, key]) => containerKey(storeNamed(configs, entry.hub, id)) !== key);
  return moved?.[0] ?? null;
}
