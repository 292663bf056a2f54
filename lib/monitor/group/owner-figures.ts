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
  const all = activeOwners(ownerships, storeNow, expirationSeconds);
  const taken = new Set(all.flatMap((owner) => owner.partitionIds));
  const owners = all.filter(({ ownerId }) => isProcessor(ownerId));
  const owned = coverage(owners, partitionIds).owned;
  const free = owned === 0 ? [] : partitionIds.filter((id) => !taken.has(id));
  return {
    ownedPartitions: owned,
    heldPartitions: coverage(all, partitionIds).owned - owned,
    unownedPartitionIds: free.slice(0, mostUnownedNamed),
    owners: owners.map(({ ownerId, partitionIds: partitions, lastRenewedAt }) => ({
      ownerId,
      partitions,
      lastRenewedAt: toIso(lastRenewedAt),
    })),
    ownershipExpirationSeconds: expirationSeconds,
  } satisfies Partial<ConsumerGroup>;
}
