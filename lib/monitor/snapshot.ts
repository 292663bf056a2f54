import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { Diagnosis } from "#lib/api/diagnosis.ts";
import type { Fault } from "#lib/api/errors.ts";
import type { EventHub, Partition } from "#lib/api/event-hub.ts";
import type { HubReach, HubReading } from "#lib/core/hub-reading.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** A consumer group in one store, with its partitions. */
export interface GroupSnapshot {
  group: ConsumerGroup;
  /** When its blobs were listed, by the store's clock: what owners' times are to be compared with. */
  listedAt: EpochMs;
  /** After how many seconds its owners expire, going by their renewals; null: none was observed. Not for the wire. */
  observedExpirationSeconds: number | null;
  /** By partition: the largest time between two checkpoints that was spent on work. Not for the wire. */
  busyCheckpointSeconds: Readonly<Record<string, number>>;
  partitions: readonly GroupPartition[];
}

/** One hub as its last refresh left it. Immutable; a refresh replaces it whole. */
export interface HubSnapshot {
  eventHub: EventHub;
  partitions: readonly Partition[];
  /** In the order of the stores, then of the names. */
  groups: readonly GroupSnapshot[];
  /** What the refresh was made from; null before the first one. Not for the wire. */
  evidence: RefreshEvidence | null;
  /** Of a hub that another dashboard refreshes: what its diagnosis says there. */
  diagnosis?: Diagnosis;
}

/** What a refresh's sources answered, for those who ask why. */
export interface RefreshEvidence {
  /** From the first request to the last answer. */
  durationSeconds: number;
  stores: readonly { id: string; reading: StoreReading | null; fault: Fault | null }[];
  hub: { reading: HubReading | null; fault: Fault | null; reach: HubReach | null };
  /** Groups that are known from elsewhere than blobs; null where nobody is asked. */
  catalog: { consumerGroups: readonly string[]; fault: Fault | null } | null;
}

export interface TrendPoint {
  at: string;
  /** Null: the lag was not known, or the refresh failed. */
  lag: number | null;
}

/** A group by its address within its hub. */
export interface GroupName {
  store: string;
  name: string;
}

/** Names a group within its hub: one group in two stores is two. */
export function groupKey(store: string, name: string): string {
  return JSON.stringify([store, name.toLowerCase()]);
}
