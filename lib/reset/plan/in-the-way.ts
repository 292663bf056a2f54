import type { Reason, ReasonCode } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { ResetMode } from "#lib/api/resets.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { ownershipState } from "#lib/ownership/ownership.ts";

/**
 * `others`: older checkpoints, in other spellings or layouts. `ownerships`: in every spelling and layout, the
 * one that counts first. `isContested`: refreshes saw more than one of its checkpoints move.
 */
export interface PartitionBlobs {
  checkpoint: StoredCheckpoint | null;
  others: readonly StoredCheckpoint[];
  ownerships: readonly StoredOwnership[];
  isContested: boolean;
}

/**
 * `storeNow`: when the blobs were listed, by the store's clock. An owner that hasn't renewed for
 * `guardSeconds` counts as gone. `checkpointSeconds`: the longest observed time between two checkpoints.
 * `ownEtag`: the etag that a reset left, since JSON layouts can't name the writer.
 */
interface Rules {
  mode: ResetMode;
  storeNow: EpochMs;
  guardSeconds: number;
  checkpointSeconds?: number | null;
  ownEtag?: string | null;
}

/**
 * `blockedBy` null: nobody is in the way. `owner`, live only: the processor that the reset will pause.
 * `isQuiet`: nobody owns the partition and nothing moves its checkpoint.
 */
export interface InTheWay {
  blockedBy: Reason | null;
  owner: { ownerId: string; lastRenewedAt: EpochMs } | null;
  isQuiet: boolean;
}

/** Finds who would overwrite or stop a reset of this partition (lib/reset/README.md#in-the-way). */
export function inTheWay(blobs: PartitionBlobs, rules: Rules): InTheWay {
  const { storeNow, guardSeconds, mode } = rules;
  const active = blobs.ownerships.filter((ownership) => isActive(ownership, storeNow, guardSeconds));
  const [owner, rival] = active;
  // A processor that checkpoints rarely is still there between two checkpoints.
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

const atWork: ReadonlySet<ReasonCode> = new Set([
  "partitionOwned",
  "checkpointJustWritten",
  "checkpointContested",
  "ownedTwice",
  "heldByReset",
]);

/** True when somebody is at work on the partition, who may also take others of the group. */
export function isAtWork({ code }: Pick<Reason, "code">): boolean {
  return atWork.has(code);
}

export function activeOwner(
  { ownerships }: Pick<PartitionBlobs, "ownerships">,
  { storeNow, guardSeconds }: Pick<Rules, "storeNow" | "guardSeconds">,
): string | null {
  return ownerships.find((one) => isActive(one, storeNow, guardSeconds))?.ownerId ?? null;
}

/** True when a processor checkpointed and then released: a reader without load balancing releases nothing. */
function wasReleasedAfter({ updatedAt }: StoredCheckpoint, { ownerships }: PartitionBlobs): boolean {
  return ownerships.some(({ ownerId, lastRenewedAt }) => ownerId === "" && lastRenewedAt > updatedAt);
}

function heldByReset({ lastRenewedAt }: StoredOwnership, rules: Rules): Reason {
  return reason("heldByReset", { retryAfterSeconds: Math.max(1, expiresIn(lastRenewedAt, rules)) });
}

/** Caps a long expiry: a checkpoint written an hour ago is no sign of a reader. */
const mostMovedSeconds = 15 * 60;

/** A held lease always counts. A broken ownership counts while somebody writes it. */
function isActive(ownership: StoredOwnership, storeNow: EpochMs, guardSeconds: number): boolean {
  if (ownership.leased === true) return true;
  if (ownership.ownerId === null && ownership.leased === undefined)
    return storeNow - ownership.lastRenewedAt < guardSeconds * 1000;
  return ownershipState(ownership, storeNow, guardSeconds) === "active";
}

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

/** Rounded up, so that a retry after this many seconds is not refused again. */
function expiresIn(at: EpochMs, { storeNow, guardSeconds }: Rules): number {
  return Math.max(0, Math.ceil(guardSeconds - (storeNow - at) / 1000));
}

function secondsSince(at: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.round((now - at) / 1000));
}
