import type { Reset } from "#lib/api/resets.ts";
import type { ConfigurationEvent, SnapshotEvent, StreamQuery } from "#lib/api/stream.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";

/**
 * News for a stream. The latest of a `key` replaces earlier ones; `data` is built when the reader is ready.
 */
export type StreamNews =
  | {
      event: "snapshot";
      key: string;
      data: () => SnapshotEvent;
      /** The source of `data`, which is the same for equal questions and equal grants. */
      source: object;
    }
  | { event: "reset"; key: string; data: () => Reset }
  | { event: "configuration"; key: string; data: () => ConfigurationEvent };

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
