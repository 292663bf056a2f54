import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { median } from "./expiration.ts";

const keptIntervals = 60;
const harmlessSeconds = 20;

export interface RenewalTracker {
  readonly observedIntervals: readonly number[];
  readonly observedAt: EpochMs | null;
  readonly ownerships: ReadonlyMap<string, StoredOwnership>;
}

export const noRenewals: RenewalTracker = { observedIntervals: [], observedAt: null, ownerships: new Map() };

/**
 * Takes in an observation of a group's ownerships (by partition id, not to be changed later) at `storeNow`, the
 * listing's `Date`. A renewal by the same owner since the last observation gives an interval: one per owner and
 * observation, the last 60 in all.
 */
export function observeRenewals(
  tracker: RenewalTracker,
  ownerships: ReadonlyMap<string, StoredOwnership>,
  storeNow: EpochMs,
): RenewalTracker {
  const spacing = tracker.observedAt === null ? null : (storeNow - tracker.observedAt) / 1000;
  const byOwner = new Map<string, number[]>();
  for (const [partitionId, { ownerId, lastRenewedAt, leased }] of ownerships) {
    const before = tracker.ownerships.get(partitionId);
    // Renewing a blob lease does not change the blob, so its times are those of checkpoints.
    if (leased !== undefined || spacing === null || !ownerId || before?.ownerId !== ownerId) continue;
    const seconds = (lastRenewedAt - before.lastRenewedAt) / 1000;
    if (seconds <= 0 || !counts(seconds, spacing)) continue;
    byOwner.set(ownerId, [...(byOwner.get(ownerId) ?? []), seconds]);
  }
  const seen = [...byOwner.values()].map(median).filter((seconds) => seconds !== null);
  return {
    observedIntervals: [...tracker.observedIntervals, ...seen].slice(-keptIntervals),
    observedAt: storeNow,
    ownerships,
  };
}

/** Starts with the interval known before a restart, until one is observed. */
export function recallRenewals(tracker: RenewalTracker, seconds: number | null): RenewalTracker {
  if (seconds === null || tracker.observedIntervals.length > 0) return tracker;
  return { ...tracker, observedIntervals: [seconds] };
}

/**
 * An observed interval may be k renewals, since those between two observations go unseen. If observations are
 * further apart than half of it, k is unknown and the value may be too long. That is safe for guarding, and
 * accepted up to the guess that would be shown otherwise.
 */
function counts(seconds: number, spacing: number): boolean {
  return spacing <= seconds / 2 || seconds <= harmlessSeconds;
}
