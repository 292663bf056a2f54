import type { EpochMs } from "#lib/core/time.ts";
import type { PartitionOwner } from "./ownership.ts";

/**
 * When the present owner came. `isUpperBound`: then or earlier, since nobody watched before. `ownerId` empty: nobody
 * owns it, since `leftAt` where somebody left; `at` is then the last owner's, null where there was none.
 */
export interface OwnerArrival {
  readonly ownerId: string;
  readonly at: EpochMs | null;
  readonly isUpperBound: boolean;
  readonly leftAt: EpochMs | null;
  readonly seenAt: EpochMs;
}

/** Owners that follow each other within this time without a checkpoint fail one after another, or steal. */
const soonMs = 60_000;

interface Look {
  now: EpochMs;
  /** The newest checkpoint's. */
  checkpointAt: EpochMs | null;
  expirationSeconds: number;
  /** Looks further apart leave open when an owner came between them: it has renewed since. */
  gapMs: number;
}

/**
 * Takes in one look. An owner that follows soon on one that wrote no checkpoint begins no new wait. Times are the
 * ownership's Last-Modified, as in the list of changes.
 */
export function observeArrival(
  before: OwnerArrival | null,
  owner: PartitionOwner | null,
  look: Look,
): OwnerArrival {
  const ownerId = owner?.state === "active" ? owner.ownerId : "";
  const seen = { ownerId, seenAt: look.now };
  if (before?.ownerId === ownerId) return { ...before, ...seen };
  if (owner === null || ownerId === "") {
    const { at = null, isUpperBound = false } = before ?? {};
    return { ...seen, at, isUpperBound, leftAt: before === null ? null : leftAt(owner, look) };
  }
  if (before === null) return { ...seen, at: owner.lastRenewedAt, isUpperBound: true, leftAt: null };
  // Last-Modified has whole seconds; the order of events counts more.
  const at = Math.max(owner.lastRenewedAt, before.leftAt ?? before.at ?? 0);
  const isSoon = before.leftAt === null || at - before.leftAt < soonMs;
  const { now, checkpointAt, gapMs } = look;
  const isWait = before.at !== null && !before.isUpperBound;
  if (isSoon && isWait && (checkpointAt === null || checkpointAt <= (before.at ?? 0))) {
    return { ...before, ...seen, leftAt: null };
  }
  return { ...seen, at, isUpperBound: now - before.seenAt > gapMs, leftAt: null };
}

function leftAt(owner: PartitionOwner | null, { now, expirationSeconds }: Look): EpochMs {
  if (owner === null) return now;
  const { state, lastRenewedAt } = owner;
  return state === "released" ? lastRenewedAt : Math.min(now, lastRenewedAt + expirationSeconds * 1_000);
}
