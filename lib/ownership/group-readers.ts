import { formatAgo } from "#lib/core/figures.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { activeOwners } from "./ownership.ts";

/**
 * Says in a clause who reads a group, or may: an owner, or somebody who checkpoints without owning, as
 * processors with fixed partitions do. Null after an expiry of silence. A dashboard's writes don't count.
 * @param storeNow the listing's time, by the service's clock
 */
export function groupReaders(
  stored: StoredGroup | undefined,
  storeNow: EpochMs,
  expirationSeconds: number,
): string | null {
  if (stored === undefined) return null;
  const owners = activeOwners(stored.ownerships.values(), storeNow, expirationSeconds);
  const [first] = owners;
  if (first !== undefined) {
    return owners.length === 1
      ? `is owned by ${first.ownerId}`
      : `has ${owners.length} owners, among them ${first.ownerId}`;
  }
  const written = [...stored.checkpoints.values()]
    .filter(({ writtenBy }) => !isOwnWrite(writtenBy))
    .reduce((newest, { updatedAt }) => Math.max(newest, updatedAt), Number.NEGATIVE_INFINITY);
  const ago = Math.max(0, Math.round((storeNow - written) / 1000));
  return ago < expirationSeconds ? `has no owner, but checkpointed ${formatAgo(ago)}` : null;
}
