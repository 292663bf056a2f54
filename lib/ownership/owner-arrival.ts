import type { EpochMs } from "#lib/core/time.ts";
import type { PartitionOwner } from "./ownership.ts";

/**
 * When the present owner came. `at` null: it was there at the first look. `ownerId` empty: nobody owns it, since
 * `leftAt` where somebody left.
 */
export interface OwnerArrival {
  readonly ownerId: string;
  readonly at: EpochMs | null;
  readonly leftAt: EpochMs | null;
}

/** Owners that follow each other within this time without a checkpoint fail one after another, or steal. */
const soonMs = 60_000;

/**
 * Takes in one look. Returns the same object while the owner stays. An owner that follows soon on one that wrote no
 * checkpoint begins no new wait. `checkpointAt`: the newest checkpoint's time.
 */
export function observeArrival(
  before: OwnerArrival | null,
  owner: PartitionOwner | null,
  now: EpochMs,
  checkpointAt: EpochMs | null,
): OwnerArrival {
  const ownerId = owner?.state === "active" ? owner.ownerId : "";
  if (before?.ownerId === ownerId) return before;
  if (ownerId === "") return { ownerId, at: before?.at ?? null, leftAt: before === null ? null : now };
  if (before === null) return { ownerId, at: null, leftAt: null };
  const isSoon = before.leftAt === null || now - before.leftAt < soonMs;
  const goesOn = isSoon && before.at !== null && (checkpointAt === null || checkpointAt <= before.at);
  return { ownerId, at: goesOn ? before.at : now, leftAt: null };
}
