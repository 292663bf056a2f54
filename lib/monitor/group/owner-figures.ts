import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { activeOwners, coverage } from "#lib/ownership/ownership.ts";

const mostUnownedNamed = 5;

export function ownerFigures(
  ownerships: Iterable<StoredOwnership>,
  partitionIds: readonly string[],
  storeNow: EpochMs,
  expirationSeconds: number,
) {
  const owners = activeOwners(ownerships, storeNow, expirationSeconds);
  const owned = new Set(owners.flatMap((owner) => owner.partitionIds));
  const free = owned.size === 0 ? [] : partitionIds.filter((id) => !owned.has(id));
  return {
    ownedPartitions: coverage(owners, partitionIds).owned,
    unownedPartitionIds: free.slice(0, mostUnownedNamed),
    owners: owners
      .filter(({ ownerId }) => isProcessor(ownerId))
      .map(({ ownerId, partitionIds: partitions, lastRenewedAt }) => ({
        ownerId,
        partitions,
        lastRenewedAt: toIso(lastRenewedAt),
      })),
    ownershipExpirationSeconds: expirationSeconds,
  } satisfies Partial<ConsumerGroup>;
}
