import type { SnapshotEvent, StreamQuery } from "#lib/api/stream.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";

/** What the stream says of a hub's snapshot to somebody who asked with `query`; null: nothing. */
export function snapshotEvent(snapshot: HubSnapshot, query: StreamQuery): SnapshotEvent | null {
  const { eventHub, groups } = snapshot;
  if (query.hub !== undefined && query.hub !== eventHub.id) {
    return null;
  }
  const lower = query.group?.toLowerCase();
  const chosen = groups.find(
    ({ group }) =>
      group.name.toLowerCase() === lower && (query.store === undefined || group.store === query.store),
  );
  return {
    hub: eventHub.id,
    observedAt: eventHub.observedAt,
    eventHub,
    consumerGroups: groups.map(({ group }) => group),
    ...(chosen && {
      group: chosen.group.name,
      store: chosen.group.store,
      partitions: [...chosen.partitions],
    }),
    ...(query.hubPartitions === "true" && { hubPartitions: [...snapshot.partitions] }),
  };
}
