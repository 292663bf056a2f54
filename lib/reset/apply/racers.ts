import { reason } from "#lib/api/reasons/reason.ts";
import { type GroupListing, ownershipsIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import { type Moment, msBetween, thisMoment } from "#lib/core/moment.ts";
import type { EntryOutcome } from "./entry-outcome.ts";

/** Well within the shortest time between two renewals (lib/ownership/README.md#expiry). */
const dueAfterMs = 4_000;

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
          ownerId &&
          resetHolding(ownerId) === null &&
          ownerId !== lastOwnerOf(partitionId) &&
          lastRenewedAt <= after.updatedAt,
      );
    if (racer?.ownerId == null) return outcome;
    const { ownerId } = racer;
    return { ...outcome, lastOwnerId: ownerId, reason: reason("claimedAtWrite", { ownerId }) };
  });
}

/** Writes that no listing was seen after yet. One may serve many: it has to come soon, not at once. */
export class UncheckedWrites {
  #outcomes: EntryOutcome[] = [];
  #since: Moment | null = null;

  add(outcomes: readonly EntryOutcome[]): void {
    const written = outcomes.filter(({ after }) => after !== null);
    if (written.length === 0) return;
    this.#since ??= thisMoment();
    this.#outcomes.push(...written);
  }

  get isEmpty(): boolean {
    return this.#outcomes.length === 0;
  }

  /** Nothing is to be waited for any more, for who claimed will soon renew. */
  get isDue(): boolean {
    return this.#since !== null && msBetween(this.#since, thisMoment()) >= dueAfterMs;
  }

  /** Those that raced, as they are to be noted. @param listing one that was asked for after all these writes */
  check(listing: GroupListing, lastOwnerOf: (partitionId: string) => string | null): EntryOutcome[] {
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    this.#since = null;
    return withRacers(outcomes, [listing], lastOwnerOf).filter((outcome) => !outcomes.includes(outcome));
  }
}
