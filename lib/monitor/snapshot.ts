import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { EventHub, Partition } from "#lib/api/event-hub.ts";

/** A consumer group in one store, with its partitions. */
export interface GroupSnapshot {
  group: ConsumerGroup;
  partitions: readonly GroupPartition[];
}

/** One hub as its last refresh left it. Immutable; a refresh replaces it whole. */
export interface HubSnapshot {
  eventHub: EventHub;
  partitions: readonly Partition[];
  /** In the order of the stores, then of the names. */
  groups: readonly GroupSnapshot[];
}

export interface TrendPoint {
  at: string;
  /** Null: the lag was not known, or the refresh failed. */
  lag: number | null;
}

/** Names a group within its hub: one group in two stores is two. */
export function groupKey(store: string, name: string): string {
  return JSON.stringify([store, name.toLowerCase()]);
}
