import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { firstUnread } from "#lib/lag/pace/pace.ts";
import type { PositionRing } from "#lib/lag/positions.ts";
import type { ObservedPartition } from "./observe-group-partition.ts";

const firstCheckpointMs = 5 * 60_000;

export interface UnknownIn {
  allowedLag: number;
  positions: ReadonlyMap<string, PositionRing>;
  hubNow: EpochMs;
  ownedMs: (partitionId: string) => number | null;
}

/**
 * Looks at partitions with known lag above the allowed and unknown status. Counts those that only need time,
 * and lists those without a checkpoint in a group that has others. A group without any says so as a whole.
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

/** Its first event or its owner came just now, so the first checkpoint may not be due yet. */
function hasJustBegun(
  { partitionId, beginningSequenceNumber: begin }: GroupPartition,
  { positions, hubNow, ownedMs }: UnknownIn,
): boolean {
  if ((ownedMs(partitionId) ?? firstCheckpointMs) < firstCheckpointMs) return true;
  const ring = positions.get(partitionId);
  const first = ring === undefined || begin === null ? null : firstUnread(ring, begin - 1);
  return first?.isExact === true && hubNow - first.at < firstCheckpointMs;
}

const expiringMs = 60 * 60_000;

/**
 * Partitions where retention removes events and no checkpoint shows that they were read, unless the owner is
 * new or has had nothing to read.
 * @param beginnings each partition's recorded beginnings
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
