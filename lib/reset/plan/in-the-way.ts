import type { ResetMode } from "#lib/api/resets.ts";
import { resetHolding } from "#lib/checkpoint-store/hold-ownership.ts";
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
  /** Of the partition's blob as a reset left it: JSON layouts have no place for who wrote. */
  ownEtag?: string | null;
}

export interface InTheWay {
  /** A sentence with what to do; null: nobody is. */
  blockedBy: string | null;
  /** Live: the processor that will have to be held off. */
  owner: { ownerId: string; lastRenewedAt: EpochMs } | null;
  /** Nobody owns the partition, and nothing moves its checkpoint. */
  isQuiet: boolean;
}

/** Who would write over a reset of this partition, or stop it (facts section 6). */
export function inTheWay(blobs: PartitionBlobs, rules: Rules): InTheWay {
  const { storeNow, guardSeconds, mode } = rules;
  const active = blobs.ownerships.filter((ownership) => isActive(ownership, storeNow, guardSeconds));
  const [owner, rival] = active;
  const moveRules = { ...rules, guardSeconds: Math.min(rules.guardSeconds, mostMovedSeconds) };
  const moved = movedBlobs(blobs, moveRules);
  const isQuiet = owner === undefined && moved.length === 0;
  const told = (blockedBy: string | null) => ({ blockedBy, owner: null, isQuiet });

  if (moved.length > 1 || (blobs.isContested && moved.length > 0)) return told(contested(blobs));
  if (owner !== undefined) {
    const { ownerId, lastRenewedAt, leased } = owner;
    if (mode === "offline") return told(owned(owner, rules));
    if (rival !== undefined) return told(ownedTwice(owner, rival));
    if (leased !== undefined) return told(notLive);
    if (!ownerId) return told(owned(owner, rules));
    if (resetHolding(ownerId) !== null) return told(heldByReset(owner, rules));
    return { blockedBy: null, owner: { ownerId, lastRenewedAt }, isQuiet };
  }
  const [mover] = moved;
  return told(mover === undefined ? null : movedAlone(mover, moveRules));
}

function heldByReset({ lastRenewedAt }: StoredOwnership, { storeNow, guardSeconds }: Rules): string {
  const left = Math.max(1, Math.ceil(guardSeconds - (storeNow - lastRenewedAt) / 1000));
  return `Another live reset holds this partition, or left it held when its dashboard died. Wait until that ends; if none runs, preview again in ${left} s.`;
}

const notLive =
  "Only checkpoints of the common layout can be reset while processors run. Stop the group's processors, and reset it offline.";

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

function owned({ ownerId, lastRenewedAt, leased, blobName }: StoredOwnership, { storeNow }: Rules): string {
  const who = ownerId ? `The processor ${ownerId}` : "A processor that does not say its name";
  const age = secondsSince(lastRenewedAt, storeNow);
  const how = leased === undefined ? `last renewed ${age} s ago` : `it holds the lease of ${blobName}`;
  return `${who} owns this partition (${how}) and would write over the reset. Stop the group's processors, then preview again.`;
}

function ownedTwice(one: StoredOwnership, other: StoredOwnership): string {
  return `This partition is owned in ${one.blobName} and in ${other.blobName}: two kinds of processors are at work. Stop at least one of them, then preview again.`;
}

function contested({ checkpoint, others }: PartitionBlobs): string {
  const names = [checkpoint, ...others]
    .flatMap((one) => (one === null ? [] : [one.blobName]))
    .join(" and in ");
  return `The checkpoint of this partition moves in ${names}: two kinds of processors are at work. Stop at least one of them, then preview again.`;
}

function movedAlone({ updatedAt }: StoredCheckpoint, { storeNow, guardSeconds }: Rules): string {
  const age = secondsSince(updatedAt, storeNow);
  const left = Math.max(1, Math.ceil(guardSeconds - (storeNow - updatedAt) / 1000));
  return `The checkpoint was written ${age} s ago although nobody owns the partition: by a processor that has just stopped, or by a reader without load balancing that is still at work. Stop such a reader; if there is none, preview again in ${left} s.`;
}

function secondsSince(at: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.round((now - at) / 1000));
}
