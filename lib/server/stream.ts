import type { Reset } from "#lib/api/resets.ts";
import type { ConfigurationEvent, SnapshotEvent, StreamQuery } from "#lib/api/stream.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";

/**
 * What a stream has to tell. The latest of a `key` stands for all before it, and is put together by `data` when
 * its reader is ready.
 */
export type StreamNews =
  | { event: "snapshot"; key: string; data: () => SnapshotEvent }
  | { event: "reset"; key: string; data: () => Reset }
  | { event: "configuration"; key: string; data: () => ConfigurationEvent };

/** What the stream says of a hub's snapshot to somebody who asked with `query`. */
export function snapshotEvent(snapshot: HubSnapshot, query: StreamQuery): SnapshotEvent {
  const { eventHub, groups } = snapshot;
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
