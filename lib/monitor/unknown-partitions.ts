import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { firstUnread } from "#lib/lag/pace/pace.ts";
import type { PositionRing } from "#lib/lag/positions.ts";
import type { ObservedPartition } from "./observe-group-partition.ts";

/** For how long the first events of a partition may wait for the first checkpoint there. */
const firstCheckpointMs = 5 * 60_000;

export interface UnknownIn {
  allowedLag: number;
  /** Where partitions ended when, by this machine's clock. */
  positions: ReadonlyMap<string, PositionRing>;
  /** By that clock, when the hub was read. */
  hubNow: EpochMs;
  /** For how long a partition has had its owner; null: it has none. */
  ownedMs: (partitionId: string) => number | null;
}

/**
 * Of the partitions on which more events wait than allowed and whose status is not known, though their lag is: for how
 * many it is a matter of time, and on which the group goes without a checkpoint while it has checkpoints on others. A
 * group that has none at all says so as a whole.
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
  const isLong = without.filter((partition) => !hasJustBegun(partition, known));
  return {
    statusNotKnownYet: waiting.length - isLong.length,
    partitionsWithoutCheckpoint: checkpoints ? isLong.map(({ partitionId }) => partitionId) : [],
  };
}

/** Its first event, or its owner, was seen to come a moment ago: the first checkpoint may just not be due yet. */
function hasJustBegun(
  { partitionId, beginningSequenceNumber: begin }: GroupPartition,
  { positions, hubNow, ownedMs }: UnknownIn,
): boolean {
  if ((ownedMs(partitionId) ?? firstCheckpointMs) < firstCheckpointMs) return true;
  const ring = positions.get(partitionId);
  const first = ring === undefined || begin === null ? null : firstUnread(ring, begin - 1);
  return first?.isExact === true && hubNow - first.at < firstCheckpointMs;
}

/** How long a step of retention's counts: it takes events in steps, now and then. */
const expiringMs = 60 * 60_000;

/**
 * Where retention takes events and the group has no checkpoint to say that it had read them, unless its owner has just
 * come or has had nothing to read.
 * @param beginnings where each partition's beginning stood when
 */
export function losingUnread(
  observed: readonly ObservedPartition[],
  beginnings: ReadonlyMap<string, PositionRing>,
  { hubNow, ownedMs }: Pick<UnknownIn, "hubNow" | "ownedMs">,
): string[] {
  return observed
    .filter(({ lag: { lagState, hasPosition }, awaitsFirstEvent, partition: { partitionId } }) => {
      const isWithout = lagState === "noCheckpoint" || (lagState === "empty" && !hasPosition);
      const isNew = (ownedMs(partitionId) ?? firstCheckpointMs) < firstCheckpointMs;
      const ring = beginnings.get(partitionId);
      return (
        isWithout && !awaitsFirstEvent && !isNew && ring !== undefined && hasRisen(ring, hubNow - expiringMs)
      );
    })
    .map(({ partition }) => partition.partitionId);
}

function hasRisen(ring: PositionRing, since: EpochMs): boolean {
  const newest = ring.size - 1;
  const isPlateau = ring.sequenceNumberAt(newest) === ring.sequenceNumberAt(newest - 1);
  const rise = isPlateau ? newest - 1 : newest;
  return rise > 0 && ring.timeAt(rise) >= since;
}
