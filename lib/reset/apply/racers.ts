import { reason } from "#lib/api/reasons/reason.ts";
import { type GroupListing, ownershipsIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import { type Moment, msBetween, thisMoment } from "#lib/core/moment.ts";
import type { EntryOutcome } from "./entry-outcome.ts";

const dueAfterMs = 4_000;

/**
 * Finds processors that claimed a partition between the last observation and the write. They may have read the old
 * position, so they count as its former owners, and the watch takes none of their checkpoints for progress.
 * @param listings from soon after the writes: a later renewal can't be told from a later claim
 * @param lastOwnerOf the partition's last known owner before the write
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

/** Writes that still need a listing after them. One listing serves many, if it comes soon. */
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

  /**
   * True when the listing can't wait: a racer may renew after the shortest renewal interval
   * (lib/ownership/README.md#expiry), and a later renewal can't be told from a later claim.
   */
  get isDue(): boolean {
    return this.#since !== null && msBetween(this.#since, thisMoment()) >= dueAfterMs;
  }

  /** Returns the racers to record. @param listing requested after all these writes */
  check(listing: GroupListing, lastOwnerOf: (partitionId: string) => string | null): EntryOutcome[] {
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    this.#since = null;
    return withRacers(outcomes, [listing], lastOwnerOf).filter((outcome) => !outcomes.includes(outcome));
  }
}
