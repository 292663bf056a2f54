import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { type EventHub, type Partition, periodSeconds } from "#lib/api/event-hub.ts";
import { hubAddress } from "#lib/core/addresses.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { ObservedOwnership } from "#lib/ownership/owner-changes.ts";
import type { Remembered } from "../remembered/remembered.ts";
import { encodeSample } from "../samples/codec.ts";
import { type PartitionValue, partitionIndex, type Sample, unknownPartition } from "../samples/sample.ts";
import { floorTo, incomingChunkMs } from "../samples/tiers.ts";
import type { DatabaseAddress } from "../storage/engine.ts";

export interface RefreshToRecord {
  eventHub: EventHub;
  partitions: readonly Partition[];
  groups: readonly {
    group: ConsumerGroup;
    partitions: readonly GroupPartition[];
    listedAt: EpochMs;
    /** Events out per second, none left out, so that they add up (lib/lag/README.md#rates). */
    eventsOutOverWindow?: number | null;
  }[];
}

export interface SeriesKey {
  hub: string;
  address: string;
  store: string;
  consumer_group: string;
}

export interface BatchEntry {
  key: SeriesKey;
  name: string;
  sample: Uint8Array;
  owners: OwnershipsObservation | null;
}

export interface OwnershipsObservation {
  listedAt: EpochMs;
  expirationSeconds: number;
  /** By partition id, without partitions with a broken blob: their owner is unknown. */
  ownerships: ReadonlyMap<string, ObservedOwnership>;
}

export interface RefreshBatch {
  hub: string;
  at: EpochMs;
  chunkStart: EpochMs;
  refreshSeconds: number;
  entries: readonly BatchEntry[];
  /** Read when the batch is written. Null: keeps what is stored. */
  remembered: Remembered | null;
  bytes: number;
  isWritten: boolean;
  /**
   * Another dashboard may have written the same time while it waited. `isLate`: its time may already be
   * rolled up.
   */
  isLeftOver: boolean;
  recordedAt: EpochMs;
  isLate: boolean;
  isRefused: boolean;
}

export function bytesOf(entries: readonly BatchEntry[]): number {
  return entries.reduce(
    (sum, { sample, owners }) => sum + sample.length + 200 + (owners?.ownerships.size ?? 0) * 100,
    0,
  );
}

export function seriesName(key: SeriesKey): string {
  return JSON.stringify([key.hub, key.address, key.store, key.consumer_group]);
}

export function seriesKey(
  hub: Pick<EventHub, "id" | "fullyQualifiedNamespace" | "eventHubName">,
  group: Pick<ConsumerGroup, "store" | "name"> | null,
): SeriesKey {
  return {
    hub: hub.id,
    address: hubAddress(hub),
    store: group?.store ?? "",
    consumer_group: group?.name.toLowerCase() ?? "",
  };
}

/** Null if nothing was read. Groups with older figures are left out, which makes a gap. */
export function refreshBatch(
  refresh: RefreshToRecord,
  configuredSeconds: number,
  kind: DatabaseAddress["kind"],
  remembered: Remembered | null = null,
  recordedAt: EpochMs = 0,
): RefreshBatch | null {
  const { eventHub, groups } = refresh;
  if (eventHub.observedAt === null) return null;
  const at = Date.parse(eventHub.observedAt);
  const refreshSeconds = periodSeconds(eventHub, configuredSeconds);
  const chunkStart = floorTo(at, incomingChunkMs[kind]);
  const entry = (key: SeriesKey, sample: Sample, owners: OwnershipsObservation | null): BatchEntry => ({
    key,
    name: seriesName(key),
    sample: encodeSample(sample, chunkStart),
    owners,
  });
  const fresh = groups.filter(
    ({ group }) => !group.stale && group.observedAt !== null && group.goneSince === null,
  );
  const entries = [
    entry(seriesKey(eventHub, null), hubSample(refresh, at, refreshSeconds), null),
    ...fresh.map((each) =>
      entry(seriesKey(eventHub, each.group), groupSample(each, at, refreshSeconds), observedOwnerships(each)),
    ),
  ];
  const bytes = bytesOf(entries);
  const state = { isWritten: false, isLeftOver: false, isLate: false, recordedAt, isRefused: false };
  return { hub: eventHub.id, at, chunkStart, refreshSeconds, entries, remembered, bytes, ...state };
}

function hubSample({ eventHub, partitions }: RefreshToRecord, at: EpochMs, holdsSeconds: number): Sample {
  return {
    at,
    holdsSeconds,
    value: null,
    max: null,
    measured: null,
    measuredMax: null,
    partitionsUnknown: 0,
    partitionsBounded: 0,
    lagSeconds: null,
    lagSecondsIsLowerBound: false,
    eventsInPerSecond: eventHub.eventsInPerSecond,
    eventsOutPerSecond: null,
    partitions: byNumber(partitions, ({ lastEnqueuedSequenceNumber: last }) => ({
      value: last === null ? null : last + 1,
      max: last === null ? null : last + 1,
      lagSeconds: null,
      lagSecondsIsLowerBound: false,
      isPosition: false,
      isBound: false,
    })),
  };
}

function groupSample(
  { group, partitions, eventsOutOverWindow }: RefreshToRecord["groups"][number],
  at: EpochMs,
  holdsSeconds: number,
): Sample {
  return {
    at,
    holdsSeconds,
    value: group.totalLag,
    max: group.totalLag,
    measured: group.measuredLag,
    measuredMax: group.measuredLag,
    partitionsUnknown: group.partitionsUnknown,
    partitionsBounded: group.partitionsBounded,
    lagSeconds: group.lagSeconds,
    // One that is not known may have been the longest of its step.
    lagSecondsIsLowerBound: group.lagSecondsIsLowerBound || group.lagSeconds === null,
    eventsInPerSecond: group.eventsInPerSecond,
    eventsOutPerSecond: eventsOutOverWindow === undefined ? group.eventsOutPerSecond : eventsOutOverWindow,
    partitions: byNumber(
      partitions,
      ({ lag, lagSeconds, lagSecondsIsLowerBound, lagState, lagIsUpperBound }) => ({
        value: lag,
        max: lag,
        lagSeconds,
        lagSecondsIsLowerBound,
        isPosition: lag !== null && (lagState === "ok" || lagState === "empty"),
        isBound: lag !== null && lagIsUpperBound,
      }),
    ),
  };
}

function byNumber<T extends { partitionId: string }>(
  partitions: readonly T[],
  toValue: (partition: T) => PartitionValue,
): PartitionValue[] {
  const values: PartitionValue[] = [];
  for (const partition of partitions) {
    const index = partitionIndex(partition.partitionId);
    if (index === null) continue;
    while (values.length < index) values.push(unknownPartition);
    values[index] = toValue(partition);
  }
  return values;
}

export function observedOwnerships({
  group,
  partitions,
  listedAt,
}: RefreshToRecord["groups"][number]): OwnershipsObservation {
  const ownerships = new Map<string, ObservedOwnership>();
  for (const { partitionId, owner, ownerReason } of partitions) {
    if (owner !== null) {
      const { ownerId, state, lastRenewedAt } = owner;
      ownerships.set(partitionId, { ownerId, state, lastRenewedAt: Date.parse(lastRenewedAt) });
    } else if (ownerReason === null) ownerships.set(partitionId, { state: "absent" });
  }
  return { listedAt, expirationSeconds: group.ownershipExpirationSeconds, ownerships };
}
