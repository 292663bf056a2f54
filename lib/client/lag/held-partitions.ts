import type { ConsumerGroup } from "#lib/api/consumer-group.ts";

/** What a live reset pauses is nobody's, and waits for no owner. */
export function heldPartitions({ heldPartitions: held }: Pick<ConsumerGroup, "heldPartitions">): number {
  return held ?? 0;
}

/** Partitions that a processor should own and none does. Null: how many there are is not known. */
export function unownedPartitions(
  group: Pick<ConsumerGroup, "ownedPartitions" | "heldPartitions" | "partitionCount">,
): number | null {
  const { ownedPartitions, partitionCount } = group;
  return partitionCount === null
    ? null
    : Math.max(0, partitionCount - ownedPartitions - heldPartitions(group));
}
