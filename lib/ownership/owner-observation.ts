import type { EpochMs } from "#lib/core/time.ts";
import type { PartitionOwner } from "./ownership.ts";

/**
 * Who owns a partition, and since when it waits for a first checkpoint. Without an `ownerId` nobody owns it
 * now, and the last owner may have left events without a checkpoint. `at`: when its owner came, or the first
 * of those in a row who may have left such events. `lastEnqueued`: the partition's last sequence number then;
 * null: unknown.
 */
export interface OwnerObservation {
  readonly ownerId: string;
  readonly at: EpochMs;
  readonly lastEnqueued: number | null;
}

/**
 * Takes in an observation. Returns the same object while the same owner is active. The next owner goes on from where
 * one that may have had events came: a processor that crashes again and again does not begin anew each time.
 * Null: no owner, and nothing left by the last one.
 * @param lastEnqueued the partition's last sequence number; null if unread
 */
export function observeOwner(
  before: OwnerObservation | null,
  owner: PartitionOwner | null,
  lastEnqueued: number | null,
  now: EpochMs,
): OwnerObservation | null {
  const ownerId = owner?.state === "active" ? owner.ownerId : "";
  if (before !== null && before.ownerId === ownerId) {
    const isFirstRead = before.lastEnqueued === null && lastEnqueued !== null;
    return isFirstRead ? { ...before, lastEnqueued } : before;
  }
  if (before !== null && mayHaveHadEvents(before, lastEnqueued)) return { ...before, ownerId };
  return ownerId === "" ? null : { ownerId, at: now, lastEnqueued };
}

/** True when nothing arrived since the owner came, so it has had nothing to checkpoint. */
export function hasHadNothing(observation: OwnerObservation | null, lastEnqueued: number | null): boolean {
  return (
    ownedSince(observation) !== null && lastEnqueued !== null && observation?.lastEnqueued === lastEnqueued
  );
}

export function ownedSince(observation: OwnerObservation | null): EpochMs | null {
  return observation === null || observation.ownerId === "" ? null : observation.at;
}

export function recallOwner(recalled: OwnerObservation, observed: OwnerObservation | null): OwnerObservation {
  if (observed === null || observed.ownerId === recalled.ownerId) return recalled;
  return mayHaveHadEvents(recalled, observed.lastEnqueued)
    ? { ...recalled, ownerId: observed.ownerId }
    : observed;
}

function mayHaveHadEvents(observation: OwnerObservation, lastEnqueued: number | null): boolean {
  const { ownerId, lastEnqueued: before } = observation;
  if (before === null) return false;
  return ownerId === "" || lastEnqueued === null || lastEnqueued !== before;
}
