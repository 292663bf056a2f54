import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { byNumber } from "#lib/core/figures.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";

export type OwnershipState = "active" | "expired" | "released";

export interface PartitionOwner {
  ownerId: string;
  lastRenewedAt: EpochMs;
  state: OwnershipState;
}

export interface ActiveOwner {
  ownerId: string;
  partitionIds: string[];
  lastRenewedAt: EpochMs;
}

/**
 * Judges an ownership blob (lib/ownership/README.md#state). `storeNow` is the listing's `Date`: ages never
 * use the local clock. With a blob lease only the lease counts. Null: a broken blob without an owner.
 */
export function ownershipState(
  stored: StoredOwnership,
  storeNow: EpochMs,
  expirationSeconds: number,
): OwnershipState | null {
  if (stored.ownerId === null) return null;
  if (stored.ownerId === "") return "released";
  if (stored.leased !== undefined) return stored.leased ? "active" : "expired";
  return storeNow - stored.lastRenewedAt < expirationSeconds * 1000 ? "active" : "expired";
}

export function partitionOwner(
  stored: StoredOwnership | undefined,
  storeNow: EpochMs,
  expirationSeconds: number,
): { owner: PartitionOwner | null; reason: Reason | null } {
  if (stored === undefined) return { owner: null, reason: null };
  const state = ownershipState(stored, storeNow, expirationSeconds);
  if (stored.ownerId === null || state === null) {
    const { blobName } = stored;
    return {
      owner: null,
      reason: reason(stored.leased === undefined ? "ownerNameless" : "leaseNameless", { blobName }),
    };
  }
  return { owner: { ownerId: stored.ownerId, lastRenewedAt: stored.lastRenewedAt, state }, reason: null };
}

export function activeOwners(
  ownerships: Iterable<StoredOwnership>,
  storeNow: EpochMs,
  expirationSeconds: number,
): ActiveOwner[] {
  const owners = new Map<string, ActiveOwner>();
  for (const stored of ownerships) {
    if (stored.ownerId === null || ownershipState(stored, storeNow, expirationSeconds) !== "active") continue;
    const owner = owners.get(stored.ownerId);
    if (owner === undefined) {
      const { ownerId, partitionId, lastRenewedAt } = stored;
      owners.set(ownerId, { ownerId, partitionIds: [partitionId], lastRenewedAt });
    } else {
      owner.partitionIds.push(stored.partitionId);
      owner.lastRenewedAt = Math.max(owner.lastRenewedAt, stored.lastRenewedAt);
    }
  }
  for (const owner of owners.values()) owner.partitionIds.sort(byNumber.compare);
  return [...owners.values()].sort((a, b) => (a.ownerId < b.ownerId ? -1 : 1));
}

export function coverage(
  owners: readonly ActiveOwner[],
  partitionIds: readonly string[],
): { owned: number; of: number } {
  const owned = new Set(owners.flatMap((owner) => owner.partitionIds));
  return { owned: partitionIds.filter((id) => owned.has(id)).length, of: partitionIds.length };
}
