import type { Checkpoint, GroupPartition } from "#lib/api/consumer-group.ts";
import type { PartitionReading } from "#lib/core/hub-reading.ts";
import type { StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { checkpointPosition } from "#lib/lag/checkpoint-position.ts";
import { addCommit } from "#lib/lag/commits.ts";
import { type PartitionLag, partitionLag } from "#lib/lag/partition-lag.ts";
import { lagSeconds, type PositionRing } from "#lib/lag/positions.ts";
import { addCheckpointReading, checkpointRatePerSecond, ratePerSecond } from "#lib/lag/rates.ts";
import { lowestLastEnqueued, partitionStatus } from "#lib/lag/status.ts";
import { partitionOwner } from "#lib/ownership/ownership.ts";
import type { GroupPartitionMemory } from "./memory.ts";

export interface GroupPartitionInput {
  reading: PartitionReading;
  positions: PositionRing;
  checkpoint: StoredCheckpoint | null;
  otherCheckpoints: readonly StoredCheckpoint[];
  ownership: StoredOwnership | undefined;
  hubCreatedOn: EpochMs | null;
  /** By this machine's clock, when the hub was read. */
  hubNow: EpochMs;
  /** By the store's clock, when the blobs were listed. */
  storeNow: EpochMs;
  refreshMs: number;
  expirationSeconds: number;
}

/** One partition of a group, from what was just read and what `memory` holds, which takes in the reading. */
export function observeGroupPartition(
  input: GroupPartitionInput,
  memory: GroupPartitionMemory,
): { partition: GroupPartition; lag: PartitionLag } {
  const { reading, positions, checkpoint, hubNow, storeNow } = input;
  const properties = reading.properties;
  const cp = checkpointPosition(checkpoint);
  countAhead(memory, cp, properties?.lastEnqueuedSequenceNumber ?? null);
  const lag = partitionLag({
    partition: properties,
    checkpoint,
    hubCreatedOn: input.hubCreatedOn,
    aheadForRefreshes: memory.aheadFor,
    partitionError: reading.error?.message ?? null,
  });
  if (checkpoint !== null && cp !== null) {
    memory.commits = addCommit(memory.commits, {
      sequenceNumber: cp,
      at: checkpoint.updatedAt,
      lag: lag.lag,
    });
    addCheckpointReading(memory.checkpoints, cp, checkpoint.updatedAt, storeNow);
  }
  const { owner, reason: ownerReason } = partitionOwner(input.ownership, storeNow, input.expirationSeconds);
  const behind = lagSeconds(positions, cp, lag.lag, hubNow);
  const partition: GroupPartition = {
    partitionId: reading.partitionId,
    lag: lag.lag,
    lagState: lag.lagState,
    lagIsUpperBound: lag.isUpperBound,
    reason: lag.reason,
    lostEvents: lag.lostEvents,
    lagSeconds: behind.seconds,
    lagSecondsIsLowerBound: behind.quality === "lowerBound",
    status: partitionStatus({
      lag: lag.lag,
      lagState: lag.lagState,
      ring: memory.commits,
      lowestLastEnqueued: lowestLastEnqueued(positions, memory.commits, hubNow, input.refreshMs),
      now: storeNow,
    }),
    retentionUsed: lag.retentionUsed,
    eventsInPerSecond: ratePerSecond(positions, hubNow),
    eventsOutPerSecond: checkpoint === null ? null : checkpointRatePerSecond(memory.checkpoints, storeNow),
    checkpoint: checkpoint === null ? null : toWire(checkpoint),
    otherCheckpoints: input.otherCheckpoints.map(toWire),
    owner: owner === null ? null : { ...owner, lastRenewedAt: toIso(owner.lastRenewedAt) },
    ownerReason,
    beginningSequenceNumber: properties?.beginningSequenceNumber ?? null,
    lastEnqueuedSequenceNumber: properties?.lastEnqueuedSequenceNumber ?? null,
    lastEnqueuedAt: toIso(properties?.lastEnqueuedAt ?? null),
  };
  return { partition, lag };
}

// A checkpoint past the end is a race between the two readings, unless it lasts while nothing arrives.
function countAhead(memory: GroupPartitionMemory, cp: number | null, last: number | null): void {
  const isAhead = cp !== null && last !== null && cp > last;
  const isSame = memory.lastEnqueued === null || memory.lastEnqueued === last;
  memory.aheadFor = isAhead && isSame ? memory.aheadFor + 1 : isAhead ? 1 : 0;
  memory.lastEnqueued = last ?? memory.lastEnqueued;
}

function toWire({
  sequenceNumber,
  offset,
  updatedAt,
  format,
  writtenBy,
  blobName,
}: StoredCheckpoint): Checkpoint {
  return { sequenceNumber, offset, updatedAt: toIso(updatedAt), format, writtenBy, blobName };
}
