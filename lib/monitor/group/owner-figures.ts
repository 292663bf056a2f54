import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { activeOwners, coverage } from "#lib/ownership/ownership.ts";

export function ownerFigures(
  ownerships: Iterable<StoredOwnership>,
  partitionIds: readonly string[],
  storeNow: EpochMs,
  expirationSeconds: number,
) {
  const owners = activeOwners(ownerships, storeNow, expirationSeconds);
  return {
    ownedPartitions: coverage(owners, partitionIds).owned,
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
