import type { EpochMs } from "#lib/core/time.ts";
import type { PartitionOwner } from "./ownership.ts";

export interface OwnerSighting {
  readonly ownerId: string;
  readonly at: EpochMs;
  /** The partition's last sequence number then. Null: unknown. */
  readonly lastEnqueued: number | null;
}

/**
 * Takes in a look. Returns the same object while the same owner is active. Null without one.
 * @param lastEnqueued the partition's last sequence number; null if unread
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

/** True when nothing arrived since the owner came, so it has had nothing to checkpoint. */
export function hasHadNothing(sighting: OwnerSighting | null, lastEnqueued: number | null): boolean {
  return lastEnqueued !== null && sighting?.lastEnqueued === lastEnqueued;
}

/** Merges what was recalled after a restart with what was seen since. */
export function recallOwner(recalled: OwnerSighting, seen: OwnerSighting | null): OwnerSighting {
  return seen === null || seen.ownerId === recalled.ownerId ? recalled : seen;
}
