import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { largest } from "#lib/core/known.ts";
import { inTurns, turns } from "#lib/core/pause.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { hasNoPosition } from "#lib/lag/checkpoint-position.ts";
import { largestBusySeconds } from "#lib/lag/commits.ts";
import { longestStepMs } from "#lib/lag/not-resumed.ts";
import { isFarBehind, observeBehind } from "#lib/lag/pace/behind.ts";
import { slowestWork } from "#lib/lag/pace/working-time.ts";
import { PositionRing } from "#lib/lag/positions.ts";
import { type SeveralCheckpoints, severalCheckpoints } from "#lib/lag/rival-checkpoints.ts";
import { inferExpirationSeconds, observedExpiration } from "#lib/ownership/expiration.ts";
import { ownedSince } from "#lib/ownership/owner-observation.ts";
import { observeRenewals } from "#lib/ownership/renewals.ts";
import type { GroupMemory, HubMemory } from "../memory.ts";
import { type GroupPartitionMemory, longestGapMs } from "../partition-memory.ts";
import type { GroupSnapshot } from "../snapshot.ts";
import { blockingBlobs } from "./blocking-blobs.ts";
import { awaitingNote, groupNotes, notResumedNote } from "./group-notes.ts";
import { lagFigures, outOverWindow, paceFigures } from "./lag-figures.ts";
import { type ObservedPartition, observeGroupPartition } from "./observe-group-partition.ts";
import { ownerFigures } from "./owner-figures.ts";
import { statusFigures } from "./status-figures.ts";
import { losingUnread } from "./unknown-partitions.ts";

const noPositions = new PositionRing(2);

export interface GroupInput {
  name: string;
  store: string;
  stored: StoredGroup | null;
  storeNow: EpochMs;
  /**
   * The newest listing before a partition of a slow round was asked for; null: none. If not `isHubRead`,
   * `reading` only lists the partitions that blobs name.
   */
  listedBefore?: (at: EpochMs) => Pick<GroupInput, "stored" | "storeNow"> | null;
  reading: HubReading;
  isHubRead: boolean;
  isConfigured: boolean;
  isForInspection: boolean;
  isStoreRead: boolean;
  configuredExpirationSeconds: number | null;
  allowedLag: number;
  refreshMs: number;
}

/**
 * Builds a group from what was read of its hub and store and from `memory`, and updates `memory`. Lets others run in
 * between: a group of a thousand partitions takes tens of milliseconds.
 */
export async function observeGroup(
  input: GroupInput,
  hubMemory: HubMemory,
  memory: GroupMemory,
  rest = turns(),
): Promise<GroupSnapshot> {
  const { stored, storeNow, reading } = input;
  const expirationSeconds = noteStored(input, memory);
  await rest();
  const several = stored === null ? new Map() : severalCheckpoints(stored, storeNow, expirationSeconds);
  const observed = await observePartitions(input, hubMemory, memory, { expirationSeconds, several }, rest);
  const partitions = observed.map(({ partition }) => partition);
  const partitionIds = partitions.map(({ partitionId }) => partitionId);
  // Blobs of partitions that the hub lacks are no work in progress.
  const here = new Set(partitionIds);
  const memories = partitionIds.map((id) => [id, hubMemory.partition(memory, id)] as const);
  const times = {
    allowedLag: input.allowedLag,
    positions: hubMemory.positions,
    hubNow: reading.readAt,
    ownedMs: (partitionId: string) => ownedMs(hubMemory.partition(memory, partitionId), storeNow),
  };
  const status = statusFigures(observed, times);
  await rest();
  const awaiting = observed.filter((each) => each.awaitsFirstEvent);
  const slowest = slowestWork(
    memories.map(([id, { working }]) => [id, working]),
    storeNow,
  );
  const lag = lagFigures(observed);
  const pace = paceFigures(observed, status.status);
  memory.behind = observeBehind(
    memory.behind,
    lag.partitionsUnknown > 0
      ? null
      : isFarBehind({
          lag: lag.totalLag,
          allowedLag: input.allowedLag,
          secondsAtCheckpoint: pace.lagSecondsAtCheckpoint,
          inPerSecond: pace.eventsInPerSecond,
        }),
    reading.readAt,
    longestGapMs(input.refreshMs),
  );
  const group: ConsumerGroup = {
    name: input.name,
    store: input.store,
    formats: stored?.formats ?? [],
    ...lag,
    ...pace,
    behindSince: toIso(memory.behind?.since ?? null),
    allowedLag: input.allowedLag,
    ...status,
    neverUsed: isNeverUsed(input, memory),
    partitionsLosingUnread:
      memory.wasRead || input.isConfigured ? losingUnread(observed, hubMemory.beginnings, times) : [],
    ...ownerFigures(blobsOf(stored?.ownerships, here), partitionIds, storeNow, expirationSeconds),
    partitionCount: input.isHubRead ? partitions.length : null,
    slowestCheckpoint: slowest && { ...slowest, at: toIso(slowest.at) },
    lastCheckpointAt: toIso(largest(blobsOf(stored?.checkpoints, here).map(({ updatedAt }) => updatedAt))),
    notes: [
      ...blockingBlobs(stored, input.isHubRead ? here : null),
      ...groupNotes(several, expirationSeconds),
      ...awaitingNote(awaiting.map(({ partition }) => partition.partitionId)),
      ...notResumedNote(partitions),
    ],
    goneSince: null,
    observedAt: toIso(reading.readAt),
    stale: false,
    error: null,
  };
  const observedExpirationSeconds = observedExpiration(memory.renewals.observedIntervals);
  const busyCheckpointSeconds: Record<string, number> = {};
  await inTurns(memories, rest, ([id, { commits, arrival }]) => {
    const seconds = largestBusySeconds(
      commits,
      arrival === null || arrival.ownerId === "" || arrival.isUpperBound ? null : arrival.at,
    );
    if (seconds !== null) busyCheckpointSeconds[id] = seconds;
  });
  return {
    group,
    partitions,
    listedAt: storeNow,
    observedExpirationSeconds,
    busyCheckpointSeconds,
    eventsOutOverWindow: outOverWindow(observed),
  };
}

function noteStored(
  { stored, storeNow, configuredExpirationSeconds: configured }: GroupInput,
  memory: GroupMemory,
): number {
  memory.renewals = observeRenewals(memory.renewals, stored?.ownerships ?? new Map(), storeNow);
  memory.hadBlob ||= stored !== null;
  memory.wasRead ||= [...(stored?.checkpoints.values() ?? [])].some((each) => !hasNoPosition(each));
  const { observedIntervals } = memory.renewals;
  return inferExpirationSeconds({ configured, observedIntervals }, "showing");
}

interface KnownOfBlobs {
  expirationSeconds: number;
  several: ReadonlyMap<string, SeveralCheckpoints>;
}

async function observePartitions(
  input: GroupInput,
  hubMemory: HubMemory,
  memory: GroupMemory,
  { expirationSeconds, several }: KnownOfBlobs,
  rest: ReturnType<typeof turns>,
): Promise<ObservedPartition[]> {
  const { createdOn, partitions, readAt: hubReadAt } = input.reading;
  const memories = partitions.map(({ partitionId }) => hubMemory.partition(memory, partitionId));
  const usualStepMs = usualStepMsOf(memories, input.storeNow);
  await rest();
  const observed: ObservedPartition[] = [];
  await inTurns(partitions, rest, (reading) => {
    const { partitionId, readAt } = reading;
    const listing = (readAt === undefined ? null : input.listedBefore?.(readAt)) ?? input;
    const one = observeGroupPartition(
      {
        reading,
        positions: hubMemory.positions.get(partitionId) ?? noPositions,
        past: hubMemory.pastPositions.get(partitionId) ?? noPositions,
        checkpoint: listing.stored?.checkpoints.get(partitionId) ?? null,
        otherCheckpoints: several.get(partitionId)?.others ?? [],
        ownership: listing.stored?.ownerships.get(partitionId),
        hubCreatedOn: input.isHubRead ? createdOn : null,
        expiringPerSecond: hubMemory.expiringPerSecond.get(partitionId) ?? null,
        allowedLag: input.allowedLag,
        usualStepMs,
        hubNow: readAt ?? hubReadAt,
        storeNow: listing.storeNow,
        refreshMs: input.refreshMs,
        expirationSeconds,
      },
      hubMemory.partition(memory, partitionId),
    );
    observed.push(one);
  });
  return observed;
}

function usualStepMsOf(memories: readonly GroupPartitionMemory[], storeNow: EpochMs): number | null {
  const slowest = slowestWork(
    memories.map(({ working }) => ["", working]),
    storeNow,
  );
  return largest([
    slowest && slowest.seconds * 1_000,
    ...memories.flatMap(({ commits, stepMs }) => [longestStepMs(commits), stepMs]),
  ]);
}

function blobsOf<Blob extends { partitionId: string }>(
  blobs: ReadonlyMap<string, Blob> | undefined,
  partitionIds: ReadonlySet<string>,
): Blob[] {
  return [...(blobs?.values() ?? [])].filter(({ partitionId }) => partitionIds.has(partitionId));
}

function ownedMs({ owner }: GroupPartitionMemory, storeNow: EpochMs): number | null {
  const since = ownedSince(owner);
  return since === null ? null : storeNow - since;
}

/** Known only from Azure Resource Manager or for the dashboard's own reading, and never seen in a store. */
function isNeverUsed(
  { isConfigured, isForInspection, isStoreRead }: GroupInput,
  { hadBlob }: GroupMemory,
): boolean {
  return isStoreRead && !hadBlob && (isForInspection || !isConfigured);
}
