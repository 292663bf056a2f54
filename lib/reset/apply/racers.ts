import { type GroupListing, ownershipsIn } from "#lib/checkpoint-store/group-listing.ts";
import type { EntryOutcome } from "./entry-outcome.ts";

/**
 * Processors that claimed a partition between the last look and its write may have read the old position: they
 * count as having held it before, so that the watch takes none of theirs for progress.
 * @param listings of after the writes, and soon: who renews later can't be told from who claimed later
 * @param lastOwnerOf who was known to have had a partition before
 */
export function withRacers(
  outcomes: readonly EntryOutcome[],
  listings: readonly GroupListing[],
  lastOwnerOf: (partitionId: string) => string | null,
): EntryOutcome[] {
  const seen = listings.map(ownershipsIn);
  return outcomes.map((outcome) => {
    const { partitionId, after } = outcome;
    if (after === null) return outcome;
    const racer = seen
      .flatMap((ownerships) => ownerships.get(partitionId) ?? [])
      .find(
        ({ ownerId, lastRenewedAt }) =>
          ownerId && ownerId !== lastOwnerOf(partitionId) && lastRenewedAt <= after.updatedAt,
      );
    if (racer?.ownerId == null) return outcome;
    const message = `The processor ${racer.ownerId} claimed the partition at the very moment of the write: it may go on from the old position, and is watched.`;
    return { ...outcome, lastOwnerId: racer.ownerId, message };
  });
}
