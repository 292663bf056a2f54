import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { firstUnread } from "#lib/lag/pace.ts";
import type { PositionRing } from "#lib/lag/positions.ts";

/** For how long the first events of a partition may wait for the first checkpoint there. */
const firstCheckpointMs = 5 * 60_000;

export interface UnknownIn {
  allowedLag: number;
  /** Where partitions ended when, by this machine's clock. */
  positions: ReadonlyMap<string, PositionRing>;
  /** By that clock, when the hub was read. */
  hubNow: EpochMs;
}

/**
 * The partitions on which more events wait than allowed and whose status is not known, though their lag is: how many it
 * is a matter of time for, and which the group goes without a checkpoint on while it has checkpoints on others. A group
 * that has none at all says so as a whole.
 */
export function unknownPartitions(
  partitions: readonly GroupPartition[],
  known: UnknownIn,
): Pick<ConsumerGroup, "statusNotKnownYet" | "partitionsWithoutCheckpoint"> {
  const waiting = partitions.filter(
    ({ status, lag }) => status === "unknown" && (lag ?? 0) > known.allowedLag,
  );
  const without = waiting.filter(({ lagState }) => lagState === "noCheckpoint");
  const checkpoints = partitions.some(
    ({ checkpoint, lagState }) => checkpoint !== null && lagState !== "noCheckpoint",
  );
  const isLong = without.filter((partition) => checkpoints && !hasJustBegun(partition, known));
  const soon = checkpoints ? waiting.length - isLong.length : waiting.length - without.length;
  return {
    statusNotKnownYet: soon,
    partitionsWithoutCheckpoint: isLong.map(({ partitionId }) => partitionId),
  };
}

/** Its first event was seen to come a moment ago: the first checkpoint there may just not be due yet. */
function hasJustBegun(
  { partitionId, beginningSequenceNumber: begin }: GroupPartition,
  { positions, hubNow }: UnknownIn,
): boolean {
  const ring = positions.get(partitionId);
  const first = ring === undefined || begin === null ? null : firstUnread(ring, begin - 1);
  return first?.isExact === true && hubNow - first.at < firstCheckpointMs;
}
