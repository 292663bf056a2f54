import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { Diagnosis } from "#lib/api/diagnosis.ts";
import type { Fault } from "#lib/api/errors.ts";
import type { EventHub, Partition } from "#lib/api/event-hub.ts";
import type { Trend } from "#lib/api/overview.ts";
import type { HubReach, HubReading } from "#lib/core/hub-reading.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { LinePoint } from "#lib/lag/trend-lag.ts";

/**
 * Clients get `group` and `partitions` alone. `listedAt` is by the store's clock, which owners' times compare
 * with. `observedExpirationSeconds` follows from observed renewals (null: none). `busyCheckpointSeconds` is
 * the longest time of work between two checkpoints, by partition. `eventsOutOverWindow` is what the history
 * keeps; an earlier version's snapshot lacks it.
 */
export interface GroupSnapshot {
  group: ConsumerGroup;
  listedAt: EpochMs;
  observedExpirationSeconds: number | null;
  busyCheckpointSeconds: Readonly<Record<string, number>>;
  eventsOutOverWindow?: number | null;
  partitions: readonly GroupPartition[];
}

export interface HubSnapshot {
  eventHub: EventHub;
  partitions: readonly Partition[];
  groups: readonly GroupSnapshot[];
  /** The sources' answers. Null before the first refresh. Not sent to clients. */
  evidence: RefreshEvidence | null;
  diagnosis?: Diagnosis;
}

export interface RefreshEvidence {
  durationSeconds: number;
  stores: readonly { id: string; reading: StoreReading | null; fault: Fault | null }[];
  hub: { reading: HubReading | null; fault: Fault | null; reach: HubReach | null };
  /** Groups known without blobs. Null: nobody is asked. */
  catalog: { consumerGroups: readonly string[]; fault: Fault | null } | null;
}

export type TrendPoint = Trend["points"][number];

/** As it was read; `wholeLags` makes a trend of them. */
export interface MeasuredPoint extends LinePoint {
  at: EpochMs;
}

export interface GroupName {
  store: string;
  name: string;
}

export function groupKey(store: string, name: string): string {
  return JSON.stringify([store, name.toLowerCase()]);
}
