import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";

/** What an owner has to do now. */
export interface OwnerLoad {
  /** In the order of the group's list. */
  partitionIds: readonly string[];
  /** Events behind over those whose lag is known; null where none is. */
  lag: number | null;
  /** Some of it is a mere bound. */
  lagIsUpperBound: boolean;
  /** How many partitions the lag leaves out. */
  notCounted: number;
}

/** By owner: the partitions that each owns now, and how far behind they are together. */
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
