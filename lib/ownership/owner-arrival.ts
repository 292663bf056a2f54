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

interface Look {
  now: EpochMs;
  /** The newest checkpoint's. */
  checkpointAt: EpochMs | null;
  expirationSeconds: number;
}

/**
 * Takes in one look. Returns the same object while the owner stays. An owner that follows soon on one that wrote no
 * checkpoint begins no new wait. Times are the ownership's Last-Modified, as in the list of changes.
 */
export function observeArrival(
  before: OwnerArrival | null,
  owner: PartitionOwner | null,
  look: Look,
): OwnerArrival {
  const ownerId = owner?.state === "active" ? owner.ownerId : "";
  if (before?.ownerId === ownerId) return before;
  if (owner === null || ownerId === "")
    return { ownerId, at: before?.at ?? null, leftAt: before === null ? null : leftAt(owner, look) };
  if (before === null) return { ownerId, at: null, leftAt: null };
  // Last-Modified has whole seconds; the order of events counts more.
  const at = Math.max(owner.lastRenewedAt, before.leftAt ?? before.at ?? 0);
  const isSoon = before.leftAt === null || at - before.leftAt < soonMs;
  const { checkpointAt } = look;
  const goesOn = isSoon && before.at !== null && (checkpointAt === null || checkpointAt <= before.at);
  return { ownerId, at: goesOn ? before.at : at, leftAt: null };
}

function leftAt(owner: PartitionOwner | null, { now, expirationSeconds }: Look): EpochMs {
  if (owner === null) return now;
  const { state, lastRenewedAt } = owner;
  return state === "released" ? lastRenewedAt : Math.min(now, lastRenewedAt + expirationSeconds * 1_000);
}
