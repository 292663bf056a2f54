import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { median } from "./expiration.ts";

const keptIntervals = 60;
/** 6 x this is the expiry shown where nothing was observed. */
const harmlessSeconds = 20;

/** What a group's ownership blobs have shown of its renewals. Immutable; holds one past look. */
export interface RenewalTracker {
  /** Seconds, oldest first: for `inferExpirationSeconds`. */
  readonly observedIntervals: readonly number[];
  readonly lookedAt: EpochMs | null;
  readonly ownerships: ReadonlyMap<string, StoredOwnership>;
}

export const noRenewals: RenewalTracker = { observedIntervals: [], lookedAt: null, ownerships: new Map() };

/**
 * Takes a look at a group's ownerships (by partition id; not to be changed afterwards) at `storeNow`, the
 * listing's `Date`. Where the same owner renewed a partition since the last look, that is an interval; one
 * per owner and look is kept, the last 60 in all.
 */
export function observeRenewals(
  tracker: RenewalTracker,
  ownerships: ReadonlyMap<string, StoredOwnership>,
  storeNow: EpochMs,
): RenewalTracker {
  const spacing = tracker.lookedAt === null ? null : (storeNow - tracker.lookedAt) / 1000;
  const byOwner = new Map<string, number[]>();
  for (const [partitionId, { ownerId, lastRenewedAt, leased }] of ownerships) {
    const before = tracker.ownerships.get(partitionId);
    // A blob's lease is renewed without changing the blob: its times are those of checkpoints.
    if (leased !== undefined || spacing === null || !ownerId || before?.ownerId !== ownerId) continue;
    const seconds = (lastRenewedAt - before.lastRenewedAt) / 1000;
    if (seconds <= 0 || !counts(seconds, spacing)) continue;
    byOwner.set(ownerId, [...(byOwner.get(ownerId) ?? []), seconds]);
  }
  const seen = [...byOwner.values()].map(median).filter((seconds) => seconds !== null);
  return {
    observedIntervals: [...tracker.observedIntervals, ...seen].slice(-keptIntervals),
    lookedAt: storeNow,
    ownerships,
  };
}

/** Goes on from how often a group's owners renewed before a restart, until it is observed anew. */
export function recallRenewals(tracker: RenewalTracker, seconds: number | null): RenewalTracker {
  if (seconds === null || tracker.observedIntervals.length > 0) return tracker;
  return { ...tracker, observedIntervals: [seconds] };
}

/**
 * Renewals between two looks go unseen, so what is seen is k intervals. Two or more need a spacing of more
 * than half of it: below that k is 1. Where k is open, the value is at worst too long, which is safe to guard
 * with; it may count up to where it still beats the guess that would be shown without it.
 */
function counts(seconds: number, spacing: number): boolean {
  return spacing <= seconds / 2 || seconds <= harmlessSeconds;
}
