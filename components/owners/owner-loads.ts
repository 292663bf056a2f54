import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";

export interface OwnerLoad {
  partitionIds: readonly string[];
  /** Over the partitions with a known lag. Null: none. */
  lag: number | null;
  lagIsUpperBound: boolean;
  notCounted: number;
}

export function ownerLoads({
  owners,
  partitions,
}: Pick<ConsumerGroupDetail, "owners" | "partitions">): Map<string, OwnerLoad> {
  const byId = new Map(partitions.map((partition) => [partition.partitionId, partition]));
  return new Map(
    owners.map(({ ownerId, partitions: partitionIds }) => {
      const known = partitionIds.flatMap((id) => {
        const partition = byId.get(id);
        return partition === undefined || partition.lag === null ? [] : [partition];
      });
      const load: OwnerLoad = {
        partitionIds,
        lag: known.length === 0 ? null : known.reduce((sum, { lag }) => sum + (lag ?? 0), 0),
        lagIsUpperBound: known.some(({ lagIsUpperBound }) => lagIsUpperBound),
        notCounted: partitionIds.length - known.length,
      };
      return [ownerId, load];
    }),
  );
}
