import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";

/** A live reset owns the partitions that it pauses, and is no owner of the group. */
export function heldPartitions({
  ownedPartitions,
  owners,
}: Pick<ConsumerGroup, "ownedPartitions" | "owners">): number {
  return ownedPartitions - owners.reduce((sum, { partitions }) => sum + partitions.length, 0);
}

/** The live reset that holds a partition now. Null: none does. */
export function holdingReset({ owner }: Pick<GroupPartition, "owner">): string | null {
  return owner?.state === "active" ? (resetHolding(owner.ownerId)?.resetId ?? null) : null;
}
