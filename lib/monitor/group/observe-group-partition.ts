import type { Checkpoint, GroupPartition } from "#lib/api/consumer-group.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason, toWire } from "#lib/api/reasons/reason.ts";
import type { Status } from "#lib/api/status.ts";
import type { PartitionProperties, PartitionReading } from "#lib/core/hub-reading.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { isAheadForLong, observeCheckpoint } from "#lib/lag/checkpoint-memory.ts";
import { checkpointPosition, isPlaceholder } from "#lib/lag/checkpoint-position.ts";
import { addCommit, blindMsBefore, type CommitRing } from "#lib/lag/commits.ts";
import { atLeastCheckpointAge } from "#lib/lag/lag-seconds.ts";
import { secondsUntilLoss } from "#lib/lag/loss.ts";
import { observeLosses } from "#lib/lag/lost-events.ts";
import { isResumeOverdue, observeResume } from "#lib/lag/not-resumed.ts";
import { withLagAtCommits } from "#lib/lag/pace/lag-at-commit.ts";
import {
  firstUnread,
  type Pace,
  type PaceInput,
  partitionPace,
  secondsBehindAtCheckpoint,
  waitedFor,
} from "#lib/lag/pace/pace.ts";
import { observeWork } from "#lib/lag/pace/working-time.ts";
import { type PartitionLag, partitionLag } from "#lib/lag/partition-lag.ts";
import { lagSecondsFarBack } from "#lib/lag/past-positions.ts";
import type { PositionRing } from "#lib/lag/positions.ts";
import { addCheckpointReading, checkpointRates, noRates, ratePerSecond } from "#lib/lag/rates.ts";
import { lowestLastEnqueued, partitionStatus } from "#lib/lag/status.ts";
import { statusEvidence } from "#lib/lag/status-evidence.ts";
import { observeArrival } from "#lib/ownership/owner-arrival.ts";
import { hasHadNothing, observeOwner } from "#lib/ownership/owner-observation.ts";
import { type PartitionOwner, partitionOwner } from "#lib/ownership/ownership.ts";
import {
  type GroupPartitionMemory,
  isUnrated,
  longestGapMs,
  noteListedOwnWrite,
  noteObservation,
  watchedGapMs,
} from "../partition-memory.ts";

export interface GroupPartitionInput {
  reading: PartitionReading;
  positions: PositionRing;
  past: PositionRing;
  checkpoint: StoredCheckpoint | null;
  otherCheckpoints: readonly StoredCheckpoint[];
  ownership: StoredOwnership | undefined;
  hubCreatedOn: EpochMs | null;
  expiringPerSecond: number | null;
  allowedLag: number;
  /** The longest usual time between checkpoints on any of the group's partitions; null: not known. */
  usualStepMs: number | null;
  hubNow: EpochMs;
  storeNow: EpochMs;
  refreshMs: number;
  expirationSeconds: number;
}

export interface ObservedPartition {
  partition: GroupPartition;
  lag: PartitionLag;
  /** Events out per second, none left out: for the history. */
  outOverWindow: number | null;
  /** Where the pace is not known yet because the group has just resumed: that over its standstill. */
  paceAcross: Pace | null;
  /** True when there is an owner, no checkpoint, and nothing to read since the owner came. */
  awaitsFirstEvent: boolean;
}

export function observeGroupPartition(
  input: GroupPartitionInput,
  memory: GroupPartitionMemory,
): ObservedPartition {
  const { reading, positions, past, checkpoint, hubNow, storeNow } = input;
  const properties = reading.properties;
  memory.checkpoint = observeCheckpoint(memory.checkpoint, {
    checkpoint,
    partition: properties,
    now: storeNow,
  });
  const firstSeenBegin = memory.checkpoint?.firstSeenBegin ?? null;
  const cp = checkpointPosition(checkpoint, firstSeenBegin);
  const lag = partitionLag({
    partition: properties,
    checkpoint,
    hubCreatedOn: input.hubCreatedOn,
    isAheadForLong: isAheadForLong(memory.checkpoint, storeNow),
    firstSeenBegin,
    partitionError: reading.error && failureOf(reading.error),
  });
  noteCheckpoint(memory, checkpoint, cp, lag.lag, {
    storeNow,
    begin: properties?.beginningSequenceNumber ?? null,
    refreshMs: input.refreshMs,
    hubCreatedOn: input.hubCreatedOn,
  });
  memory.losses = observeLosses(memory.losses, {
    partition: properties,
    checkpoint,
    isAhead: lag.lagState === "ahead",
    at: hubNow,
  });
  const { owner, reason: ownerReason } = partitionOwner(input.ownership, storeNow, input.expirationSeconds);
  const activeOwnerId = owner?.state === "active" ? owner.ownerId : null;
  memory.working = observeWork(memory.working, memory.commits, storeNow, activeOwnerId);
  const last = properties?.lastEnqueuedSequenceNumber ?? null;
  memory.owner = observeOwner(memory.owner, owner, last, storeNow);
  memory.arrival = observeArrival(memory.arrival, owner, {
    now: storeNow,
    checkpointAt: checkpoint?.updatedAt ?? null,
    expirationSeconds: input.expirationSeconds,
    gapMs: watchedGapMs(input.refreshMs),
  });
  const estimate = lagSecondsFarBack(positions, past, cp, lag.lag, hubNow);
  const behind =
    checkpoint === null || cp === null || lag.lag === null
      ? estimate
      : atLeastCheckpointAge(estimate, checkpoint.updatedAt, storeNow);
  const inPerSecond = ratePerSecond(positions, hubNow);
  const paced: PaceInput = { positions, checkpoints: memory.checkpoints, hubNow, storeNow };
  const {
    perSecond: outPerSecond,
    overWindow: outOverWindow,
    withStandstills,
  } = checkpoint === null
    ? noRates
    : checkpointRates(memory.checkpoints, storeNow, memory.watchedSince, waitedFor(paced));
  // Where retention takes what waits, the lag does not grow by what comes in.
  const hasPace = checkpoint !== null && lag.lagState !== "behindRetention";
  const pace = hasPace ? partitionPace(paced) : null;
  const paceAcross = hasPace && pace === null ? partitionPace(paced, true) : null;
  const atCheckpoint = checkpoint === null || lag.lag === 0 ? null : secondsBehindAtCheckpoint(paced);
  const ring = withLagAtCommits(memory.commits, { positions, hubNow, storeNow });
  const status = statusNowOrBefore(memory, properties, statusOf(input, ring, lag, owner));
  const partition: GroupPartition = {
    partitionId: reading.partitionId,
    lag: lag.lag,
    lagState: lag.lagState,
    lagIsUpperBound: lag.isUpperBound,
    reason: toWire(lag.reason),
    lostEvents: lag.lostEvents,
    lostEventsTotal: memory.losses?.lost ?? null,
    lostEventsSince: toIso(memory.losses?.since ?? null),
    lagSeconds: behind.seconds,
    lagSecondsIsLowerBound: behind.quality === "lowerBound",
    lagSecondsAtCheckpoint: behind.seconds === null ? null : (atCheckpoint ?? behind.seconds),
    status,
    statusReason: toWire(statusEvidence(status, ring) ?? notResumed(input, memory, status, owner)),
    retentionUsed: lag.retentionUsed,
    secondsUntilLoss: secondsUntilLoss({
      lag: lag.lag,
      position: cp,
      beginningSequenceNumber: properties?.beginningSequenceNumber ?? null,
      retentionUsed: lag.retentionUsed,
      status,
      expiringPerSecond: input.expiringPerSecond,
      pace,
      outPerSecond: withStandstills,
    }),
    eventsInPerSecond: inPerSecond,
    eventsOutPerSecond: outPerSecond,
    pace,
    checkpoint: checkpoint === null ? null : toCheckpoint(checkpoint),
    otherCheckpoints: input.otherCheckpoints.map(toCheckpoint),
    owner: owner === null ? null : { ...owner, lastRenewedAt: toIso(owner.lastRenewedAt) },
    ownerSince: memory.arrival.ownerId === "" ? null : toIso(memory.arrival.at),
    ownerSinceIsUpperBound: memory.arrival.ownerId !== "" && memory.arrival.isUpperBound,
    ownerReason: toWire(ownerReason),
    beginningSequenceNumber: properties?.beginningSequenceNumber ?? null,
    lastEnqueuedSequenceNumber: properties?.lastEnqueuedSequenceNumber ?? null,
    lastEnqueuedAt: toIso(properties?.lastEnqueuedAt ?? null),
  };
  const awaitsFirstEvent = lag.lagState === "noCheckpoint" && hasHadNothing(memory.owner, last);
  return { partition, lag, outOverWindow, paceAcross, awaitsFirstEvent };
}

function noteCheckpoint(
  memory: GroupPartitionMemory,
  checkpoint: StoredCheckpoint | null,
  sequenceNumber: number | null,
  lag: number | null,
  {
    storeNow,
    begin,
    refreshMs,
    hubCreatedOn,
  }: Pick<GroupPartitionInput, "storeNow" | "refreshMs" | "hubCreatedOn"> & { begin: number | null },
): void {
  const at = checkpoint?.updatedAt ?? storeNow;
  const blindMs = blindMsBefore(at, memory.observedAt, longestGapMs(refreshMs));
  noteObservation(memory, storeNow, blindMs);
  if (checkpoint === null) return;
  if (isOwnWrite(checkpoint.writtenBy)) {
    // A reset of the hub that had this name before says nothing of this one.
    if (hubCreatedOn !== null && at < hubCreatedOn) return;
    noteListedOwnWrite(memory, { sequenceNumber, at });
  } else if (sequenceNumber !== null) {
    // Seen long after the commit, more events have come since. No lag now means none then.
    const isLate = blindMs !== null && storeNow - at > longestGapMs(refreshMs);
    const commit = { sequenceNumber, at, lag: isLate && lag !== 0 ? null : lag, blindMs };
    const commits = addCommit(memory.commits, commit);
    // A restarted ring has no predecessor to take a rate from.
    const startsAnew = memory.commits.commits.length > 0 && commits.commits.length === 1;
    if (commits !== memory.commits && (startsAnew || isUnrated(commit))) memory.checkpoints.clear();
    memory.commits = commits;
  }
  if (sequenceNumber === null || isBeforeReset(memory, checkpoint)) return;
  // Events that retention removed were not processed, so no rate crosses them.
  if (begin !== null && jumpsOver(memory.checkpoints, sequenceNumber, begin)) memory.checkpoints.clear();
  addCheckpointReading(memory.checkpoints, sequenceNumber, at, storeNow);
}

/** Listed before a known reset; or written within its second, where the order is unknown. */
function isBeforeReset(
  { commits }: GroupPartitionMemory,
  { updatedAt, writtenBy }: StoredCheckpoint,
): boolean {
  const { ownWrite } = commits;
  return ownWrite !== null && (isOwnWrite(writtenBy) ? updatedAt < ownWrite.at : updatedAt <= ownWrite.at);
}

function jumpsOver(readings: PositionRing, sequenceNumber: number, begin: number): boolean {
  const newest = readings.sequenceNumberAt(readings.size - 1);
  return newest < begin - 1 && sequenceNumber > newest;
}

/** One refusal or time-out says nothing about the group, so its last status holds for a few refreshes. */
const unreadRefreshes = 3;

function statusNowOrBefore(
  memory: GroupPartitionMemory,
  properties: PartitionProperties | null,
  status: Status,
): Status {
  if (properties === null) {
    memory.unreadFor += 1;
    return memory.unreadFor > unreadRefreshes ? status : (memory.lastStatus ?? status);
  }
  memory.unreadFor = 0;
  memory.lastStatus = status;
  return status;
}

function statusOf(
  input: GroupPartitionInput,
  ring: CommitRing,
  lag: PartitionLag,
  owner: PartitionOwner | null,
): Status {
  const { positions, hubNow, storeNow, refreshMs, allowedLag } = input;
  const lastEvent = lastEventOf(input.reading.properties);
  const lowest = lowestLastEnqueued({ positions, ring, now: hubNow, refreshMs, lastEvent });
  const wasRead = input.checkpoint !== null && !isPlaceholder(input.checkpoint);
  const unattendedSince = wasRead && owner?.state !== "active" ? (input.checkpoint?.updatedAt ?? null) : null;
  const rest = { ring, lowestLastEnqueued: lowest, now: storeNow, allowedLag, unattendedSince };
  return partitionStatus({ ...lag, ...rest });
}

/** Said of what the rules leave unknown alone. */
function notResumed(
  { positions, allowedLag, usualStepMs, hubNow, storeNow }: GroupPartitionInput,
  memory: GroupPartitionMemory,
  status: Status,
  owner: PartitionOwner | null,
): Reason<"notResumed"> | null {
  memory.resume = observeResume(memory.resume, memory.commits, owner, storeNow);
  const position = memory.commits.ownWrite?.sequenceNumber ?? null;
  if (status !== "unknown" || memory.resume === null || owner === null || position === null) return null;
  const unread = firstUnread(positions, position + allowedLag);
  if (unread === null || !isResumeOverdue(memory.resume, hubNow - unread.at, storeNow, usualStepMs))
    return null;
  return reason("notResumed", {
    ownerId: owner.ownerId,
    sequenceNumber: position,
    writtenAt: toIso(memory.resume.writtenAt),
  });
}

function lastEventOf(properties: PartitionProperties | null) {
  const enqueuedAt = properties?.lastEnqueuedAt ?? null;
  return properties === null || enqueuedAt === null
    ? null
    : { sequenceNumber: properties.lastEnqueuedSequenceNumber, enqueuedAt };
}

/** A blob that did not change is the object of the last listing. */
const checkpoints = new WeakMap<StoredCheckpoint, Checkpoint>();

function toCheckpoint(stored: StoredCheckpoint): Checkpoint {
  const known = checkpoints.get(stored);
  if (known !== undefined) return known;
  const { sequenceNumber, offset, updatedAt, format, writtenBy, blobName } = stored;
  const checkpoint = { sequenceNumber, offset, updatedAt: toIso(updatedAt), format, writtenBy, blobName };
  checkpoints.set(stored, checkpoint);
  return checkpoint;
}
