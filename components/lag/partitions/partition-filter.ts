import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { Status } from "#lib/api/status.ts";
import { partitionChip } from "#lib/client/lag/partition-words.ts";
import { processorOwner } from "#lib/core/holding-owner.ts";

export interface PartitionFilter {
  q: string;
  behind: boolean;
  status: readonly Status[];
}

/** A number means a partition's id; other words match owners, writers and reasons, without case. */
export function filterPartitions(
  partitions: readonly GroupPartition[],
  filter: PartitionFilter,
): GroupPartition[] {
  const words = filter.q
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return partitions.filter((partition) => {
    if (filter.behind && partition.lag === 0) return false;
    if (filter.status.length > 0 && !filter.status.includes(partitionChip(partition).status)) return false;
    return words.length === 0 || words.some((word) => matches(partition, word));
  });
}

function matches({ partitionId, owner, checkpoint, reason }: GroupPartition, word: string): boolean {
  if (partitionId.toLowerCase() === word) return true;
  if (/^\d{1,5}$/.test(word)) return false;
  return [processorOwner(owner)?.ownerId, checkpoint?.writtenBy, reason?.message].some((text) =>
    text?.toLowerCase().includes(word),
  );
}
