import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { ResetMode } from "#lib/api/resets.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { ownershipState } from "#lib/ownership/ownership.ts";

/** The blobs that speak for a partition, and by what they are judged. */
export interface PartitionBlobs {
  checkpoint: StoredCheckpoint | null;
  /** Older ones in other spellings or layouts. */
  others: readonly StoredCheckpoint[];
  /** In every spelling and layout; the one that counts first. */
  ownerships: readonly StoredOwnership[];
  /** The refreshes saw it move in more than one blob. */
  isContested: boolean;
}

interface Rules {
  mode: ResetMode;
  /** The listing's time, by the store's clock. */
  storeNow: EpochMs;
  /** After which an owner counts as gone. */
  guardSeconds: number;
  /** The largest time between two checkpoints of the partition that was seen; null: none was. */
  checkpointSeconds?: number | null;
  /** Of the partition's blob as a reset left it: JSON layouts have no place for who wrote. */
  ownEtag?: string | null;
}

export interface InTheWay {
  /** Null: nobody is. */
  blockedBy: Reason | null;
  /** Live: the processor that will have to be held off. */
  owner: { ownerId: string; lastRenewedAt: EpochMs } | null;
  /** Nobody owns the partition, and nothing moves its checkpoint. */
  isQuiet: boolean;
}

/** Who would write over a reset of this partition, or stop it (lib/reset/README.md#in-the-way). */
export function inTheWay(blobs: PartitionBlobs, rules: Rules): InTheWay {
  const { storeNow, guardSeconds, mode } = rules;
  const active = blobs.ownerships.filter((ownership) => isActive(ownership, storeNow, guardSeconds));
  const [owner, rival] = active;
  // Whoever checkpoints rarely is not gone between two of them.
  const stillSeconds = Math.max(guardSeconds, 3 * (rules.checkpointSeconds ?? 0));
  const moveRules = { ...rules, guardSeconds: Math.min(stillSeconds, mostMovedSeconds) };
  const moved = movedBlobs(blobs, moveRules);
  const isQuiet = owner === undefined && moved.length === 0;
  const told = (blockedBy: Reason | null) => ({ blockedBy, owner: null, isQuiet });

  if (moved.length > 1 || (blobs.isContested && moved.length > 0)) return told(contested(blobs));
  if (owner !== undefined) {
    const { ownerId, lastRenewedAt, leased } = owner;
    if (mode === "offline") return told(owned(owner, rules));
    if (rival !== undefined) return told(ownedTwice(owner, rival));
    if (leased !== undefined) return told(reason("layoutNotLive", { format: null }));
    if (!ownerId) return told(owned(owner, rules));
    if (resetHolding(ownerId) !== null) return told(heldByReset(owner, rules));
    return { blockedBy: null, owner: { ownerId, lastRenewedAt }, isQuiet };
  }
  const [mover] = moved;
  if (mover === undefined || (mode === "live" && wasReleasedAfter(mover, blobs))) return told(null);
  return told(movedAlone(mover, moveRules));
}

/** Who owns the partition now; null: nobody. */
export function activeOwner(
  { ownerships }: Pick<PartitionBlobs, "ownerships">,
  { storeNow, guardSeconds }: Pick<Rules, "storeNow" | "guardSeconds">,
): string | null {
  return ownerships.find((one) => isActive(one, storeNow, guardSeconds))?.ownerId ?? null;
}

/** Then it was a processor's that has let go since: a reader without load balancing releases nothing. */
function wasReleasedAfter({ updatedAt }: StoredCheckpoint, { ownerships }: PartitionBlobs): boolean {
  return ownerships.some(({ ownerId, lastRenewedAt }) => ownerId === "" && lastRenewedAt > updatedAt);
}

function heldByReset({ lastRenewedAt }: StoredOwnership, rules: Rules): Reason {
  return reason("heldByReset", { retryAfterSeconds: Math.max(1, expiresIn(lastRenewedAt, rules)) });
}

/** An expiry of a day does not make a reader of whoever wrote a checkpoint an hour ago. */
const mostMovedSeconds = 15 * 60;

/** A held lease counts whatever its blob says; a broken ownership counts while somebody writes it. */
function isActive(ownership: StoredOwnership, storeNow: EpochMs, guardSeconds: number): boolean {
  if (ownership.leased === true) return true;
  if (ownership.ownerId === null && ownership.leased === undefined)
    return storeNow - ownership.lastRenewedAt < guardSeconds * 1000;
  return ownershipState(ownership, storeNow, guardSeconds) === "active";
}

/** Written within the expiry, and not by a dashboard. */
function movedBlobs({ checkpoint, others }: PartitionBlobs, { storeNow, guardSeconds, ownEtag }: Rules) {
  return [...(checkpoint === null ? [] : [checkpoint]), ...others].filter(
    ({ updatedAt, writtenBy, etag }) =>
      storeNow - updatedAt < guardSeconds * 1000 && !isOwnWrite(writtenBy) && etag !== ownEtag,
  );
}

function owned({ ownerId, lastRenewedAt, leased, blobName }: StoredOwnership, rules: Rules): Reason {
  const isLease = leased !== undefined;
  return reason("partitionOwned", {
    ownerId: ownerId || null,
    renewedSecondsAgo: isLease ? null : secondsSince(lastRenewedAt, rules.storeNow),
    leasedBlob: isLease ? blobName : null,
    expiresInSeconds: isLease ? null : expiresIn(lastRenewedAt, rules),
  });
}

function ownedTwice(one: StoredOwnership, other: StoredOwnership): Reason {
  return reason("ownedTwice", { blobNames: [one.blobName, other.blobName] });
}

function contested({ checkpoint, others }: PartitionBlobs): Reason {
  const blobNames = [checkpoint, ...others].flatMap((one) => (one === null ? [] : [one.blobName]));
  return reason("checkpointContested", { blobNames });
}

function movedAlone({ updatedAt }: StoredCheckpoint, rules: Rules): Reason {
  return reason("checkpointJustWritten", {
    writtenSecondsAgo: secondsSince(updatedAt, rules.storeNow),
    retryAfterSeconds: Math.max(1, expiresIn(updatedAt, rules)),
  });
}

/** Whole seconds, and not one too few: whoever comes back then is not refused again. */
function expiresIn(at: EpochMs, { storeNow, guardSeconds }: Rules): number {
  return Math.max(0, Math.ceil(guardSeconds - (storeNow - at) / 1000));
}

function secondsSince(at: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.round((now - at) / 1000));
}
