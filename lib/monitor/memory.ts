import type { HubReading } from "#lib/core/hub-reading.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { type CommitRing, noCommits } from "#lib/lag/commits.ts";
import { PositionRing } from "#lib/lag/positions.ts";
import { rateWindowMs } from "#lib/lag/rates.ts";
import { trendLag } from "#lib/lag/trend-lag.ts";
import { noRenewals, type RenewalTracker } from "#lib/ownership/renewals.ts";
import { type GroupSnapshot, groupKey, type TrendPoint } from "./snapshot.ts";

const trendMs = 60 * 60_000;

/** What is remembered of a group on one partition between refreshes. */
export interface GroupPartitionMemory {
  commits: CommitRing;
  /** Where its checkpoint stood when, by the store's clock. */
  checkpoints: PositionRing;
  /** Consecutive refreshes in which the checkpoint was past a `last` that did not change. */
  aheadFor: number;
  lastEnqueued: number | null;
}

export interface GroupMemory {
  partitions: Map<string, GroupPartitionMemory>;
  renewals: RenewalTracker;
  trend: { at: EpochMs; lag: number | null }[];
}

/** What the refreshes of one hub remember. Changed by its refresh alone, and lost at a restart. */
export class HubMemory {
  readonly positions = new Map<string, PositionRing>();
  readonly groups = new Map<string, GroupMemory>();

  /** Notes where every partition's end stands, and forgets partitions that the hub has no more. */
  observeHub(reading: HubReading): void {
    const ids = new Set(reading.partitions.map(({ partitionId }) => partitionId));
    for (const id of this.positions.keys()) {
      if (!ids.has(id)) this.positions.delete(id);
    }
    for (const { partitionId, properties } of reading.partitions) {
      const ring = this.positions.get(partitionId) ?? new PositionRing();
      this.positions.set(partitionId, ring);
      if (properties !== null) ring.add(properties.lastEnqueuedSequenceNumber, reading.readAt);
    }
  }

  group(key: string): GroupMemory {
    let memory = this.groups.get(key);
    if (memory === undefined) {
      memory = { partitions: new Map(), renewals: noRenewals, trend: [] };
      this.groups.set(key, memory);
    }
    return memory;
  }

  /** Adds a point to a group's trend and drops those older than an hour. */
  observeTrend(key: string, at: EpochMs, lag: number | null): void {
    const { trend } = this.group(key);
    trend.push({ at, lag });
    while (trend[0] !== undefined && trend[0].at < at - trendMs) trend.shift();
  }

  /** A point for each group, and no more memory of those that are gone. */
  observeTrends(groups: readonly GroupSnapshot[], at: EpochMs): void {
    for (const { group } of groups) {
      this.observeTrend(groupKey(group.store, group.name), at, trendLag(group));
    }
    this.keepOnly(new Set(groups.map(({ group }) => groupKey(group.store, group.name))));
  }

  trend(key: string): TrendPoint[] {
    return (this.groups.get(key)?.trend ?? []).map(({ at, lag }) => ({
      at: new Date(at).toISOString(),
      lag,
    }));
  }

  /** Forgets groups whose blobs are gone. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.groups.keys()) {
      if (!keys.has(key)) this.groups.delete(key);
    }
  }
}

/** Pairs that hold the rates' window: a checkpoint's reading adds up to two at each refresh. */
function checkpointCapacity(refreshMs: number): number {
  return Math.min(360, 8 + 2 * Math.ceil(rateWindowMs / refreshMs));
}

export function partitionMemory(
  group: GroupMemory,
  partitionId: string,
  refreshMs: number,
): GroupPartitionMemory {
  let memory = group.partitions.get(partitionId);
  if (memory === undefined) {
    const checkpoints = new PositionRing(checkpointCapacity(refreshMs));
    memory = { commits: noCommits, checkpoints, aheadFor: 0, lastEnqueued: null };
    group.partitions.set(partitionId, memory);
  }
  return memory;
}
