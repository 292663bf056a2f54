import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { LagState } from "#lib/api/status.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { largest, smallest } from "#lib/core/known.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { hasNoPosition } from "#lib/lag/checkpoint-position.ts";
import { largestBusySeconds } from "#lib/lag/commits.ts";
import { largestOfAll, sumLag } from "#lib/lag/group-lag.ts";
import { cappedSum } from "#lib/lag/hub-totals.ts";
import { groupCatchUpSeconds, lagChangePerSecond, wholeRate } from "#lib/lag/pace/group-pace.ts";
import { slowestWork } from "#lib/lag/pace/working-time.ts";
import { PositionRing } from "#lib/lag/positions.ts";
import { severalCheckpoints } from "#lib/lag/rival-checkpoints.ts";
import { groupStatus } from "#lib/lag/status.ts";
import { inferExpirationSeconds, observedExpiration } from "#lib/ownership/expiration.ts";
import { activeOwners, coverage } from "#lib/ownership/ownership.ts";
import { observeRenewals } from "#lib/ownership/renewals.ts";
import { blockingBlobs } from "./blocking-blobs.ts";
import { awaitingNote, groupNotes } from "./group-notes.ts";
import type { GroupMemory, HubMemory } from "./memory.ts";
import { observeGroupPartition } from "./observe-group-partition.ts";
import type { GroupSnapshot } from "./snapshot.ts";
import { losingUnread, unknownPartitions } from "./unknown-partitions.ts";

const noPositions = new PositionRing(2);

export interface GroupInput {
  name: string;
  store: string;
  stored: StoredGroup | null;
  storeNow: EpochMs;
  /** Returns the newest listing before a partition of a slow round was asked for. Null if there is none. */
  listedBefore?: (at: EpochMs) => Pick<GroupInput, "stored" | "storeNow"> | null;
  reading: HubReading;
  /** False: the hub was not read, and `reading` only lists the partitions that blobs name. */
  isHubRead: boolean;
  isConfigured: boolean;
  /** The dashboard's own, for reading single events. */
  isForInspection: boolean;
  isStoreRead: boolean;
  configuredExpirationSeconds: number | null;
  allowedLag: number;
  refreshMs: number;
}

export function observeGroup(input: GroupInput, hubMemory: HubMemory, memory: GroupMemory): GroupSnapshot {
  const { name, store, stored, storeNow, reading } = input;
  const ownerships = stored?.ownerships ?? new Map();
  memory.renewals = observeRenewals(memory.renewals, ownerships, storeNow);
  const expirationSeconds = inferExpirationSeconds(
    { configured: input.configuredExpirationSeconds, observedIntervals: memory.renewals.observedIntervals },
    "showing",
  );
  memory.hadBlob ||= stored !== null;
  memory.wasRead ||= [...(stored?.checkpoints.values() ?? [])].some((each) => !hasNoPosition(each));
  const several = stored === null ? new Map() : severalCheckpoints(stored, storeNow, expirationSeconds);
  const observed = reading.partitions.map((partition) => {
    const { readAt } = partition;
    const seen = (readAt === undefined ? null : input.listedBefore?.(readAt)) ?? input;
    return observeGroupPartition(
      {
        reading: partition,
        positions: hubMemory.positions.get(partition.partitionId) ?? noPositions,
        past: hubMemory.pastPositions.get(partition.partitionId) ?? noPositions,
        checkpoint: seen.stored?.checkpoints.get(partition.partitionId) ?? null,
        otherCheckpoints: several.get(partition.partitionId)?.others ?? [],
        ownership: seen.stored?.ownerships.get(partition.partitionId),
        hubCreatedOn: input.isHubRead ? reading.createdOn : null,
        expiringPerSecond: hubMemory.expiringPerSecond.get(partition.partitionId) ?? null,
        allowedLag: input.allowedLag,
        hubNow: readAt ?? reading.readAt,
        storeNow: seen.storeNow,
        refreshMs: input.refreshMs,
        expirationSeconds,
      },
      hubMemory.partition(memory, partition.partitionId),
    );
  });
  const partitions = observed.map(({ partition }) => partition);
  const sum = sumLag(observed.map(({ lag }) => lag));
  // Blobs of partitions that the hub lacks are no work in progress.
  const here = new Set(partitions.map(({ partitionId }) => partitionId));
  const owners = activeOwners(
    [...ownerships.values()].filter(({ partitionId }) => here.has(partitionId)),
    storeNow,
    expirationSeconds,
  );
  const awaiting = observed.filter((each) => each.awaitsFirstEvent).map(({ partition }) => partition);
  const counted = partitions.filter((partition) => !awaiting.includes(partition));
  const status =
    awaiting.length > 0 && counted.length === 0 ? "ok" : groupStatus(counted.map((each) => each.status));
  const cause = causesOf(status === "unknown" ? counted : []);
  const ownedMs = (partitionId: string) => {
    const since = hubMemory.partition(memory, partitionId).owner?.at ?? null;
    return since === null ? null : storeNow - since;
  };
  const inStatus = partitions.filter((partition) => partition.status === status);
  const paced = partitions.map((partition) => ({
    lag: partition.lag,
    isUpperBound: partition.lagIsUpperBound,
    pace: partition.pace,
  }));
  const slowest = slowestWork(
    partitions.map(({ partitionId }) => [partitionId, hubMemory.partition(memory, partitionId).working]),
    storeNow,
  );
  const group: ConsumerGroup = {
    name,
    store,
    formats: stored?.formats ?? [],
    totalLag: sum.totalLag,
    totalLagIsUpperBound: sum.isUpperBound,
    measuredLag: sum.measuredLag,
    maxLag: sum.maxLag,
    maxLagPartitionId: sum.maxLagIndex === null ? null : (partitions[sum.maxLagIndex]?.partitionId ?? null),
    maxLagIsUpperBound: sum.maxLagIsUpperBound,
    partitionsUnknown: sum.partitionsUnknown,
    lostEvents: sum.lostEvents,
    ...totalLosses(partitions),
    lagSeconds: largestOfAll(partitions.map((partition) => partition.lagSeconds)),
    lagSecondsIsLowerBound: partitions.some(
      (partition) =>
        partition.lagSecondsIsLowerBound || (partition.lagSeconds === null && partition.lag !== 0),
    ),
    lagSecondsAtCheckpoint: largestOfAll(partitions.map((partition) => partition.lagSecondsAtCheckpoint)),
    catchUpSeconds: groupCatchUpSeconds(paced, status),
    lagChangePerSecond: lagChangePerSecond(paced),
    eventsInPerSecond: wholeRate(
      partitions.map(({ lag, eventsInPerSecond: perSecond }) => ({ lag, perSecond })),
    ),
    // Partitions without a checkpoint add no output.
    eventsOutPerSecond: wholeRate(
      partitions
        .filter(({ lagState }) => lagState !== "noCheckpoint")
        .map(({ lag, eventsOutPerSecond: perSecond }) => ({ lag, perSecond })),
    ),
    retentionUsed: sum.retentionUsed,
    secondsUntilLoss: smallest(partitions.map((partition) => partition.secondsUntilLoss)),
    allowedLag: input.allowedLag,
    status,
    statusPartitions: inStatus.length,
    neverUsed: isNeverUsed(input, memory),
    ...unknownPartitions(counted, {
      allowedLag: input.allowedLag,
      positions: hubMemory.positions,
      hubNow: reading.readAt,
      ownedMs,
    }),
    partitionsLosingUnread:
      memory.wasRead || input.isConfigured
        ? losingUnread(observed, hubMemory.beginnings, { hubNow: reading.readAt, ownedMs })
        : [],
    statusCheckpointAt: toIso(
      smallest(
        // A reset's checkpoint is not the group's own.
        inStatus.map(({ checkpoint }) =>
          checkpoint === null || isOwnWrite(checkpoint.writtenBy) ? null : Date.parse(checkpoint.updatedAt),
        ),
      ),
    ),
    statusCause: cause[0]?.lagState ?? null,
    statusCausePartitions: cause.length,
    ownedPartitions: coverage(
      owners,
      partitions.map((partition) => partition.partitionId),
    ).owned,
    partitionCount: input.isHubRead ? partitions.length : null,
    owners: owners
      .filter(({ ownerId }) => isProcessor(ownerId))
      .map(({ ownerId, partitionIds, lastRenewedAt }) => ({
        ownerId,
        partitions: partitionIds,
        lastRenewedAt: toIso(lastRenewedAt),
      })),
    ownershipExpirationSeconds: expirationSeconds,
    slowestCheckpoint: slowest && { ...slowest, at: toIso(slowest.at) },
    lastCheckpointAt: toIso(
      largest(
        [...(stored?.checkpoints.values() ?? [])]
          .filter(({ partitionId }) => here.has(partitionId))
          .map(({ updatedAt }) => updatedAt),
      ),
    ),
    notes: [
      ...blockingBlobs(stored, input.isHubRead ? here : null),
      ...groupNotes(several, expirationSeconds),
      ...awaitingNote(awaiting.map(({ partitionId }) => partitionId)),
    ],
    goneSince: null,
    observedAt: toIso(reading.readAt),
    stale: false,
    error: null,
  };
  const observedExpirationSeconds = observedExpiration(memory.renewals.observedIntervals);
  const busyCheckpointSeconds = Object.fromEntries(
    partitions.flatMap(({ partitionId }) => {
      const seconds = largestBusySeconds(hubMemory.partition(memory, partitionId).commits);
      return seconds === null ? [] : [[partitionId, seconds]];
    }),
  );
  return { group, partitions, listedAt: storeNow, observedExpirationSeconds, busyCheckpointSeconds };
}

/** Sums all partitions' losses since the earliest watch; unknown ones add nothing. */
function totalLosses(
  partitions: readonly GroupPartition[],
): Pick<ConsumerGroup, "lostEventsTotal" | "lostEventsSince"> {
  const totals = partitions.map(({ lostEventsTotal }) => lostEventsTotal).filter((each) => each !== null);
  const since = partitions.map(({ lostEventsSince: at }) => (at === null ? null : Date.parse(at)));
  return {
    lostEventsTotal: totals.length === 0 ? null : cappedSum(totals),
    lostEventsSince: toIso(smallest(since)),
  };
}

/** Known only from Azure Resource Manager or for the dashboard's own reading, and never seen in a store. */
function isNeverUsed(
  { isConfigured, isForInspection, isStoreRead }: GroupInput,
  { hadBlob }: GroupMemory,
): boolean {
  return isStoreRead && !hadBlob && (isForInspection || !isConfigured);
}

/**
 * Gravest first: one unreadable checkpoint stops all of a group's processors
 * (lib/checkpoint-store/README.md#what-stops-whom).
 */
const causes: readonly LagState[] = ["ahead", "unreadable", "unknown", "noCheckpoint"];

function causesOf(partitions: readonly GroupPartition[]): GroupPartition[] {
  const unknown = partitions.filter(({ status }) => status === "unknown");
  const cause = causes.find((each) => unknown.some(({ lagState }) => lagState === each));
  return unknown.filter(({ lagState }) => lagState === cause);
}
