import type { EpochMs } from "#lib/core/time.ts";
import type { PartitionOwner } from "./ownership.ts";

/** An active owner as it was first seen on a partition. Immutable. */
export interface OwnerSighting {
  readonly ownerId: string;
  /** By the store's clock. */
  readonly at: EpochMs;
  /** The partition's last sequence number then; null: it was not known. */
  readonly lastEnqueued: number | null;
}

/**
 * Takes in one look at a partition's owner. The same object comes back while the same owner is at work; null where
 * nobody is.
 * @param lastEnqueued the partition's last sequence number; null where it could not be read
 */
export function observeOwner(
  before: OwnerSighting | null,
  owner: PartitionOwner | null,
  lastEnqueued: number | null,
  now: EpochMs,
): OwnerSighting | null {
  if (owner === null || owner.state !== "active") return null;
  if (before?.ownerId !== owner.ownerId) return { ownerId: owner.ownerId, at: now, lastEnqueued };
  return before.lastEnqueued === null && lastEnqueued !== null ? { ...before, lastEnqueued } : before;
}

/** Nothing was enqueued since the owner came: it has had nothing to checkpoint for. */
export function hasHadNothing(sighting: OwnerSighting | null, lastEnqueued: number | null): boolean {
  return lastEnqueued !== null && sighting?.lastEnqueued === lastEnqueued;
}

/** What was seen before a restart, taken into what was seen since. */
export function recallOwner(recalled: OwnerSighting, seen: OwnerSighting | null): OwnerSighting {
  return seen === null || seen.ownerId === recalled.ownerId ? recalled : seen;
}
