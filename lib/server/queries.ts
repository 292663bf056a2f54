import type { Trend } from "#lib/api/overview.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import { type GroupSnapshot, groupKey, type HubSnapshot } from "#lib/monitor/snapshot.ts";
import { thin } from "./thin.ts";

/** So many points draw a sparkline. */
const sparklinePoints = 60;

/** @throws AppError `notFound` */
export function findHub(monitor: Monitor, hubId: string): HubSnapshot {
  const snapshot = monitor.snapshot(hubId);
  if (snapshot === null) {
    throw new AppError(
      "notFound",
      `There is no event hub with the id ${JSON.stringify(hubId)} in the configuration.`,
    );
  }
  return snapshot;
}

/** By name without case; without `store` the first store that holds it. @throws AppError `notFound` */
export function findGroup(hub: HubSnapshot, name: string, store: string | undefined): GroupSnapshot {
  const lower = name.toLowerCase();
  const found = hub.groups.find(
    ({ group }) => group.name.toLowerCase() === lower && (store === undefined || group.store === store),
  );
  if (found === undefined) {
    const where = store === undefined ? "" : ` in the store ${JSON.stringify(store)}`;
    throw new AppError(
      "notFound",
      `The event hub ${hub.eventHub.id} has no consumer group ${JSON.stringify(name)}${where}: ` +
        "it has no blob there, and the configuration does not name it.",
    );
  }
  return found;
}

export function trendOf(monitor: Monitor, hubId: string, { group }: GroupSnapshot, points = Infinity): Trend {
  return {
    hub: hubId,
    consumerGroup: group.name,
    store: group.store,
    points: thin(monitor.trend(hubId, groupKey(group.store, group.name)), points),
  };
}

/** The trends of all groups, thinned to what a sparkline shows. */
export function sparklines(monitor: Monitor): Trend[] {
  return monitor
    .snapshots()
    .flatMap((hub) => hub.groups.map((group) => trendOf(monitor, hub.eventHub.id, group, sparklinePoints)));
}
