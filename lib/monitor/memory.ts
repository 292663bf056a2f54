import type { HubReading } from "#lib/core/hub-reading.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { RememberedPartition } from "#lib/history/remembered/partition-codec.ts";
import type { RecalledHub, Remembered } from "#lib/history/remembered/remembered.ts";
import type { OwnWrite } from "#lib/lag/commits.ts";
import { expiringPerSecond } from "#lib/lag/loss.ts";
import type { Behind } from "#lib/lag/pace/behind.ts";
import { mergePast, newPastPositions, notePast } from "#lib/lag/past-positions.ts";
import { mergePositions, PositionRing } from "#lib/lag/positions.ts";
import { wholeLags } from "#lib/lag/trend-lag.ts";
import { median } from "#lib/ownership/expiration.ts";
import { noRenewals, type RenewalTracker, recallRenewals } from "#lib/ownership/renewals.ts";
import { GoneGroups } from "./gone-groups.ts";
import {
  forgetBefore,
  type GroupPartitionMemory,
  longestGapMs,
  newPartitionMemory,
  noteOwnWrite,
  recallLosses,
  recallObservations,
  recallPartition,
  toRemember,
} from "./partition-memory.ts";
import { type GroupSnapshot, groupKey, type MeasuredPoint, type TrendPoint } from "./snapshot.ts";

const creationMarginMs = 60_000;
const trendMs = 60 * 60_000;

export interface GroupMemory {
  readonly store: string;
  partitions: Map<string, GroupPartitionMemory>;
  renewals: RenewalTracker;
  trend: MeasuredPoint[];
  hadBlob: boolean;
  wasRead: boolean;
  behind: Behind | null;
}

/** One hub's memory between refreshes. Only its refresh changes it; the history carries it over a restart. */
export class HubMemory implements Remembered {
  readonly positions = new Map<string, PositionRing>();
  readonly pastPositions = new Map<string, PositionRing>();
  readonly beginnings = new Map<string, PositionRing>();
  readonly groups = new Map<string, GroupMemory>();
  readonly gone = new GoneGroups();
  /** Events per second that retention removes, as of the last refresh. Null: unknown. */
  readonly expiringPerSecond = new Map<string, number | null>();
  readonly #refreshMs: number;
  #createdOn: EpochMs | null = null;

  constructor(refreshMs = 10_000) {
    this.#refreshMs = refreshMs;
  }

  /** @param periodMs how often the hub is read, which takes longer where its reads are slowed */
  observeHub(reading: HubReading, periodMs = this.#refreshMs): void {
    this.#forgetOtherHub(reading.createdOn);
    const ids = new Set(reading.partitions.map(({ partitionId }) => partitionId));
    for (const known of [this.positions, this.pastPositions, this.beginnings, this.expiringPerSecond]) {
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    }
    for (const { partitionId, properties, readAt = reading.readAt } of reading.partitions) {
      if (properties === null) continue;
      const { lastEnqueuedSequenceNumber: last, lastEnqueuedAt, beginningSequenceNumber } = properties;
      const since = lastEnqueuedAt === null ? null : Math.min(lastEnqueuedAt, readAt);
      const positions = this.#positionsOf(partitionId);
      positions.longestGapMs = longestGapMs(periodMs);
      positions.add(last, readAt, since);
      notePast(this.#pastOf(partitionId), last, readAt, this.#refreshMs);
      const beginnings = ringOf(this.beginnings, partitionId);
      beginnings.add(beginningSequenceNumber, readAt);
      this.expiringPerSecond.set(partitionId, expiringPerSecond(beginnings, readAt));
    }
  }

  /** Drops what belongs to another hub of the same name: a re-created hub counts from 0. */
  #forgetOtherHub(createdOn: EpochMs): void {
    const isOther = this.#createdOn !== null && this.#createdOn !== createdOn;
    this.#createdOn = createdOn;
    for (const rings of [this.positions, this.pastPositions, this.beginnings]) {
      for (const [id, ring] of rings) {
        if (isOther || ring.timeAt(0) < createdOn - creationMarginMs) rings.delete(id);
      }
    }
    // No margin here: losing this hub's first minute does not matter.
    for (const { partitions } of this.groups.values()) {
      for (const memory of partitions.values()) {
        forgetBefore(memory, createdOn);
        if (isOther) memory.losses = null;
      }
    }
  }

  group(store: string, name: string): GroupMemory {
    const key = groupKey(store, name);
    let memory = this.groups.get(key);
    if (memory === undefined) {
      memory = {
        store,
        partitions: new Map(),
        renewals: noRenewals,
        trend: [],
        hadBlob: false,
        wasRead: false,
        behind: null,
      };
      this.groups.set(key, memory);
    }
    return memory;
  }

  partition(group: GroupMemory, partitionId: string): GroupPartitionMemory {
    let memory = group.partitions.get(partitionId);
    if (memory === undefined) {
      memory = newPartitionMemory(this.#refreshMs);
      group.partitions.set(partitionId, memory);
    }
    return memory;
  }

  *commitsOf(store: string, consumerGroup: string) {
    for (const [partitionId, { commits }] of this.groups.get(groupKey(store, consumerGroup))?.partitions ??
      []) {
      yield [partitionId, commits] as const;
    }
  }

  *lossesOf(store: string, consumerGroup: string) {
    for (const [partitionId, { losses }] of this.groups.get(groupKey(store, consumerGroup))?.partitions ??
      []) {
      if (losses !== null) yield [partitionId, losses] as const;
    }
  }

  renewalSecondsOf(store: string, consumerGroup: string): number | null {
    return median(this.groups.get(groupKey(store, consumerGroup))?.renewals.observedIntervals ?? []);
  }

  usageOf(store: string, consumerGroup: string) {
    const group = this.groups.get(groupKey(store, consumerGroup));
    if (group === undefined) return null;
    const partitions = new Map<string, RememberedPartition>();
    for (const [id, memory] of group.partitions) {
      const kept = toRemember(memory);
      if (kept !== null) partitions.set(id, kept);
    }
    return { partitions, hadBlob: group.hadBlob, wasRead: group.wasRead };
  }

  /**
   * Records a dashboard's own checkpoint, which a processor may overwrite before any refresh sees it. Works
   * for unknown groups too: the first refresh may have listed the blobs before the write.
   */
  noteOwnWrite(store: string, name: string, partitionId: string, ownWrite: OwnWrite): void {
    noteOwnWrite(this.partition(this.group(store, name), partitionId), ownWrite);
  }

  recall({ lastAt, positions, pastPositions, beginnings, groups, gone = [] }: RecalledHub): void {
    this.gone.recall(gone);
    for (const [id, ring] of positions) this.positions.set(id, mergePositions(ring, this.#positionsOf(id)));
    for (const [id, ring] of pastPositions) this.pastPositions.set(id, mergePast(ring, this.#pastOf(id)));
    for (const [id, ring] of beginnings) {
      this.beginnings.set(id, mergePositions(ring, ringOf(this.beginnings, id)));
    }
    for (const { store, consumerGroup, commits, losses, partitions, ...recalled } of groups) {
      const group = this.group(store, consumerGroup);
      this.gone.recallGroup(groupKey(store, consumerGroup), recalled.lastSeenAt ?? null, lastAt);
      group.renewals = recallRenewals(group.renewals, recalled.renewalSeconds);
      group.hadBlob ||= recalled.hadBlob;
      group.wasRead ||= recalled.wasRead;
      for (const [id, seen] of partitions) recallObservations(this.partition(group, id), seen);
      for (const [id, ring] of commits) {
        recallPartition(this.partition(group, id), ring, lastAt, this.#refreshMs);
      }
      for (const [id, watch] of losses) recallLosses(this.partition(group, id), watch);
    }
  }

  #positionsOf(partitionId: string): PositionRing {
    return ringOf(this.positions, partitionId, longestGapMs(this.#refreshMs));
  }

  #pastOf(partitionId: string): PositionRing {
    const ring = this.pastPositions.get(partitionId) ?? newPastPositions(this.#refreshMs);
    this.pastPositions.set(partitionId, ring);
    return ring;
  }

  observeTrends(groups: readonly GroupSnapshot[], at: EpochMs, readStores: ReadonlySet<string>): void {
    const here = new Set<string>();
    for (const { group } of groups) {
      here.add(groupKey(group.store, group.name));
      const { trend } = this.group(group.store, group.name);
      const { stale, measuredLag: lag, partitionsUnknown, partitionsBounded } = group;
      trend.push(stale ? { at, lag: null } : { at, lag, partitionsUnknown, partitionsBounded });
      while (trend[0] !== undefined && trend[0].at < at - trendMs) trend.shift();
    }
    for (const [key, { store }] of this.groups) {
      if (!here.has(key) && readStores.has(store)) this.groups.delete(key);
    }
  }

  recallTrend(store: string, name: string, points: readonly MeasuredPoint[]): void {
    const { trend } = this.group(store, name);
    const first = trend[0]?.at ?? Number.POSITIVE_INFINITY;
    trend.unshift(...points.filter(({ at }) => at < first));
  }

  trend(key: string): TrendPoint[] {
    const points = wholeLags(this.groups.get(key)?.trend ?? []);
    return points.map(({ at, lag, partitionsUnknown: unknown, partitionsBounded: bounded }) => ({
      at: new Date(at).toISOString(),
      lag,
      ...(unknown && { partitionsUnknown: unknown }),
      ...(bounded && { partitionsBounded: bounded }),
    }));
  }
}

function ringOf(rings: Map<string, PositionRing>, partitionId: string, gapMs?: number): PositionRing {
  const ring = rings.get(partitionId) ?? new PositionRing(undefined, gapMs);
  rings.set(partitionId, ring);
  return ring;
}
