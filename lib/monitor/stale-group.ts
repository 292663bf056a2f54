import type { Fault } from "#lib/api/errors.ts";
import { toWire } from "#lib/api/reasons/reason.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { activeOwners, partitionOwner } from "#lib/ownership/ownership.ts";
import type { GroupSnapshot } from "./snapshot.ts";

/**
 * Keeps a group's last figures when a source failed. If only the hub failed, owners are updated from the
 * store, so that a dead processor does not look alive.
 * @param storeNow the listing's time; null if the store failed
 */
export function staleGroup(
  before: GroupSnapshot,
  fault: Fault,
  stored: StoredGroup | null,
  storeNow: EpochMs | null,
): GroupSnapshot {
  const marked = { ...before, group: { ...before.group, stale: true, error: fault } };
  if (storeNow === null) return marked;
  const expirationSeconds = before.group.ownershipExpirationSeconds;
  const partitions = before.partitions.map((partition) => {
    const { owner, reason } = partitionOwner(
      stored?.ownerships.get(partition.partitionId),
      storeNow,
      expirationSeconds,
    );
    const shown = owner === null ? null : { ...owner, lastRenewedAt: toIso(owner.lastRenewedAt) };
    const isSame = shown?.state === "active" && shown.ownerId === partition.owner?.ownerId;
    const { ownerSince, ownerSinceIsUpperBound = false } = partition;
    const since = isSame
      ? { ownerSince, ownerSinceIsUpperBound }
      : { ownerSince: null, ownerSinceIsUpperBound: false };
    return { ...partition, owner: shown, ...since, ownerReason: toWire(reason) };
  });
  const here = new Set(partitions.map(({ partitionId }) => partitionId));
  const ownerships = [...(stored?.ownerships.values() ?? [])].filter(({ partitionId }) =>
    here.has(partitionId),
  );
  const owners = activeOwners(ownerships, storeNow, expirationSeconds);
  const active = partitions.flatMap(({ owner }) => (owner?.state === "active" ? [owner] : []));
  return {
    ...marked,
    partitions,
    listedAt: storeNow,
    group: {
      ...marked.group,
      ownedPartitions: active.filter(({ ownerId }) => isProcessor(ownerId)).length,
      heldPartitions: active.filter(({ ownerId }) => !isProcessor(ownerId)).length,
      owners: owners
        .filter(({ ownerId }) => isProcessor(ownerId))
        .map(({ ownerId, partitionIds, lastRenewedAt }) => ({
          ownerId,
          partitions: partitionIds,
          lastRenewedAt: toIso(lastRenewedAt),
        })),
    },
  };
}
