import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { periodSeconds } from "#lib/api/event-hub.ts";
import type { Trend } from "#lib/api/overview.ts";
import type { Scaling, ScalingQuery } from "#lib/api/scaling.ts";
import type { AskedGroup } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { groupScaling } from "#lib/lag/group-scaling.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import { type GroupSnapshot, groupKey, type HubSnapshot } from "#lib/monitor/snapshot.ts";
import { thin } from "#lib/server/history/thin.ts";

const sparklinePoints = 60;

/** One message for missing and forbidden, so that names don't leak. */
export function noSuchHub(hubId: string): AppError {
  return new AppError(
    "notFound",
    `There is no event hub with the id ${JSON.stringify(hubId)} in the configuration.`,
  );
}

export function noSuchGroup(hubId: string, name: string, store: string | undefined): AppError {
  const where = store === undefined ? "" : ` in the store ${JSON.stringify(store)}`;
  return new AppError(
    "notFound",
    `The event hub ${hubId} has no consumer group ${JSON.stringify(name)}${where}: ` +
      "it has no blob there, and the configuration does not name it.",
  );
}

export function findHub(monitor: Monitor, hubId: string): HubSnapshot {
  const snapshot = monitor.snapshot(hubId);
  if (snapshot === null) throw noSuchHub(hubId);
  return snapshot;
}

/**
 * Ignores case; without `store` takes the first store that has it.
 * @throws AppError `notFound`
 */
export function findGroup(hub: HubSnapshot, name: string, store: string | undefined): GroupSnapshot {
  const found = hub.groups.find(({ group }) => isSame(group, name, store));
  if (found !== undefined) return found;
  const { id } = hub.eventHub;
  if (isReadWhole(hub, store)) throw noSuchGroup(id, name, store);
  throw new AppError(
    "notFound",
    `The event hub ${id} is not known to have a consumer group ${JSON.stringify(name)}: it, or a checkpoint store, was not read yet.`,
    { retryable: true },
  );
}

function isReadWhole({ eventHub }: HubSnapshot, storeId?: string): boolean {
  const { observedAt, checkpointStores } = eventHub;
  const wanted = checkpointStores.filter(
    ({ id }) => storeId === undefined || id === storeId || storeId.startsWith(`${id}/`),
  );
  return observedAt !== null && wanted.every((one) => one.observedAt !== null);
}

export function findPartition(
  monitor: Monitor,
  { hub, group, store }: AskedGroup,
  partitionId: string,
): GroupPartition {
  const { partitions } = findGroup(findHub(monitor, hub), group, store);
  const found = partitions.find((partition) => partition.partitionId === partitionId);
  if (found === undefined) {
    throw new AppError("notFound", `${hub} has no partition ${JSON.stringify(partitionId)}.`);
  }
  return found;
}

function isSame(group: ConsumerGroup, name: string, store: string | undefined): boolean {
  return isSameName(group.name, name) && (store === undefined || group.store === store);
}

export function trendOf(monitor: Monitor, hubId: string, { group }: GroupSnapshot, points = Infinity): Trend {
  return {
    hub: hubId,
    consumerGroup: group.name,
    store: group.store,
    points: thin(monitor.trend(hubId, groupKey(group.store, group.name)), points),
  };
}

export function sparklines(monitor: Monitor): Trend[] {
  return monitor
    .snapshots()
    .flatMap((hub) => hub.groups.map((group) => trendOf(monitor, hub.eventHub.id, group, sparklinePoints)));
}

/**
 * Figures for an autoscaler. A group in no store may be in one that is not read yet.
 * @throws AppError `notFound`, `notReadYet`, `figuresTooOld`, `lagUnknown`
 */
export function scalingOf(
  hub: HubSnapshot,
  groupName: string,
  { store, exclude }: ScalingQuery,
  refreshSeconds: number,
  now: EpochMs,
): Scaling {
  const { id } = hub.eventHub;
  const isThere = hub.groups.some(({ group }) => isSame(group, groupName, store));
  if (!isThere && !isReadWhole(hub)) {
    throw new AppError("notReadYet", `Not all of ${id} and its checkpoint stores was read yet.`, {
      retryable: true,
    });
  }
  const { group, partitions } = findGroup(hub, groupName, store);
  const period = Math.max(periodSeconds(hub.eventHub, refreshSeconds), hub.evidence?.durationSeconds ?? 0);
  const excludeStalled = exclude === "stalled";
  return groupScaling(group, partitions, { excludeStalled, periodSeconds: period, now });
}
