import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { type GroupListing, ownershipsIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import { type Moment, msBetween, thisMoment } from "#lib/core/moment.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { ownersOf } from "../cleanup/own-tree.ts";
import { guardSecondsOf } from "../group/guard-seconds.ts";
import type { ResetPlace } from "../group/place.ts";
import type { EntryOutcome } from "./entry-outcome.ts";

const dueAfterMs = 4_000;

/** A write that a processor may have raced with. An owner that hasn't renewed for `guardSeconds` is none. */
export interface Race {
  write: PlannedWrite;
  guardSeconds: number;
}

export function racesOf(writes: readonly PlannedWrite[], place: ResetPlace): Map<string, Race> {
  const guardSeconds = guardSecondsOf(place);
  return new Map(writes.map((write) => [write.partitionId, { write, guardSeconds }]));
}

/**
 * Finds processors that claimed a partition, or wrote its blob, between the last observation and a write or deletion.
 * They may have read what stood there before, so they count as former owners, and the watch takes none of their
 * checkpoints for progress.
 * @param listings from soon after the writes: a later renewal can't be told from a later claim
 */
export function withRacers(
  outcomes: readonly EntryOutcome[],
  listings: readonly GroupListing[],
  raceOf: (partitionId: string) => Race | null,
): EntryOutcome[] {
  const seen = listings.map((listing) => ({ listing, ownerships: ownershipsIn(listing) }));
  return outcomes.map((outcome) => {
    const race = raceOf(outcome.partitionId);
    if (race === null || outcome.result !== "written") return outcome;
    for (const { listing, ownerships } of seen) {
      const again = writtenAgain(race.write, listing);
      if (again !== null) return { ...outcome, reason: again };
      const at = outcome.after?.updatedAt ?? outcome.deletedAt ?? listing.readAt;
      // It was nobody's when it was last observed, so it was claimed since.
      const ownerId = ownersIn(race.write, ownerships).find((owner) => isOwnedAt(at, owner, race))?.ownerId;
      if (ownerId) return { ...outcome, lastOwnerId: ownerId, reason: claimed(race.write, ownerId) };
    }
    return outcome;
  });
}

/** Names the blob that somebody made where one was deleted. */
function writtenAgain({ act, blobName, etag }: PlannedWrite, { blobs }: GroupListing): Reason | null {
  const blob = act === "remove" ? blobs.get(blobName) : undefined;
  if (blob === undefined || blob.etag === etag) return null;
  return reason("writtenAtDeletion", { blobName, updatedAt: toIso(blob.updatedAt) });
}

function ownersIn(
  { partitionId, blobName, format, cleans }: PlannedWrite,
  ownerships: ReadonlyMap<string, readonly StoredOwnership[]>,
): readonly StoredOwnership[] {
  if (cleans === undefined) return ownerships.get(partitionId) ?? [];
  if (cleans.why === "goneGroup") return [...ownerships.values()].flat();
  return ownersOf({ blobName, format, ...cleans }, ownerships);
}

function isOwnedAt(
  at: EpochMs,
  { ownerId, lastRenewedAt }: StoredOwnership,
  { guardSeconds }: Race,
): boolean {
  if (!ownerId || resetHolding(ownerId) !== null || lastRenewedAt > at) return false;
  return at - lastRenewedAt < guardSeconds * 1_000;
}

function claimed({ act, cleans, blobName }: PlannedWrite, ownerId: string): Reason {
  if (act === "remove") return reason("claimedAtDeletion", { ownerId, blobName });
  return cleans === undefined
    ? reason("claimedAtWrite", { ownerId })
    : reason("claimedAtRestoring", { ownerId, blobName });
}

/** Writes that still need a listing after them. One listing serves many, if it comes soon. */
export class UncheckedWrites {
  #outcomes: EntryOutcome[] = [];
  #since: Moment | null = null;

  add(outcomes: readonly EntryOutcome[]): void {
    const written = outcomes.filter(({ result }) => result === "written");
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
  check(listing: GroupListing, raceOf: (partitionId: string) => Race | null): EntryOutcome[] {
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    this.#since = null;
    return withRacers(outcomes, [listing], raceOf).filter((outcome) => !outcomes.includes(outcome));
  }
}
