import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";

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

/** A running reset explains what it does to the group, wherever its owners were not told of. */
export function heldByReset(group: ConsumerGroup): (string | { strong: string })[] {
  const held = heldPartitions(group);
  if (held === 0 || group.status === "stop" || group.status === "stall") return [];
  const { partitionCount: all } = group;
  const which =
    all === null || held >= all
      ? { strong: plural(held, "partition") }
      : { strong: `${formatCount(held)} of ${plural(all, "partition")}` };
  return [" A live reset runs and holds ", which, "."];
}
