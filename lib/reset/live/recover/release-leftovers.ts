import { writeOwnership } from "#lib/checkpoint-store/hold-ownership.ts";
import { withoutRetries } from "#lib/checkpoint-store/listing/group-listing.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";

const deadAfterMs = 30_000;
const readLimitMs = 20_000;

/**
 * Returns the dead reset that still holds a partition. A live reset renews every few seconds, so one that has
 * been silent for 30 s is dead. Null: a processor or a live reset owns the partition.
 */
export function deadHolder(ownerId: string, lastRenewedAt: EpochMs, storeNow: EpochMs): string | null {
  const holding = resetHolding(ownerId);
  return holding === null || storeNow - lastRenewedAt < deadAfterMs ? null : holding.resetId;
}

/** Releases what dead resets still hold in a group, each on the etag of a fresh listing. @throws AppError */
export async function releaseLeftovers(
  place: ResetPlace,
  isRunning: (resetId: string) => boolean,
): Promise<string[]> {
  const { groups, readAt } = await place.readStore(AbortSignal.timeout(readLimitMs));
  const container = withoutRetries(place.container);
  const released: string[] = [];
  for (const ownership of groups.get(place.group.toLowerCase())?.ownerships.values() ?? []) {
    const { ownerId, lastRenewedAt, blobName, etag, partitionId, isMadeByReset: isMade = false } = ownership;
    const resetId = deadHolder(ownerId ?? "", lastRenewedAt, readAt);
    if (resetId === null || isRunning(resetId)) continue;
    const answer = await writeOwnership(container, { blobName, ownerId: "", isMade }, etag);
    if (answer.result === "held") released.push(partitionId);
  }
  return released;
}
