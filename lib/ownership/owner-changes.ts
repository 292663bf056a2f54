import type { EpochMs } from "#lib/core/time.ts";
import type { OwnershipState } from "./ownership.ts";

export type OwnerChangeKind = "found" | "claimed" | "stolen" | "released" | "expired";

export interface OwnerMemory {
  holder: string | null;
  lastHolder: string | null;
  since: EpochMs;
  lastRenewedAt: EpochMs | null;
}

export type OwnerSight =
  | { state: OwnershipState; ownerId: string; lastRenewedAt: EpochMs }
  | { state: "absent" };

export interface Look {
  listedAt: EpochMs;
  /** The previous listing. Null at the very first look. */
  previousAt: EpochMs | null;
  expirationSeconds: number;
  regularMs: number;
}

export interface OwnerChange {
  at: EpochMs;
  partitionId: string;
  kind: OwnerChangeKind;
  ownerId: string | null;
  previousOwnerId: string | null;
  uncertaintyMs: number;
  isUnobserved: boolean;
}

type Step = Pick<OwnerChange, "at" | "kind" | "ownerId" | "uncertaintyMs">;

/**
 * Returns one partition's changes between two looks, oldest first, and what to remember. Last-Modified gives
 * the exact time of a release, of a claim without a renewal since, and (from the last renewal) of an expiry;
 * otherwise `uncertaintyMs` says how far it may be off.
 */
export function compareOwner(
  partitionId: string,
  before: OwnerMemory | undefined,
  sight: OwnerSight,
  look: Look,
): { changes: OwnerChange[]; after: OwnerMemory } {
  const isUnobserved = look.previousAt !== null && look.listedAt - look.previousAt > look.regularMs;
  let { holder, lastHolder, since } = before ?? { holder: null, lastHolder: null, since: 0 };
  const changes = stepsOf(before, sight, look).map((step): OwnerChange => {
    const previousOwnerId = holder ?? lastHolder;
    // Last-Modified has whole seconds; the order of events counts more.
    const at = Math.max(since, step.at);
    holder = step.ownerId;
    lastHolder = step.ownerId ?? previousOwnerId;
    since = at;
    return { ...step, at, partitionId, previousOwnerId, isUnobserved };
  });
  if (before === undefined && changes.length === 0) lastHolder = idOf(sight);
  const lastRenewedAt = sight.state === "absent" ? null : sight.lastRenewedAt;
  return { changes, after: { holder, lastHolder, since, lastRenewedAt } };
}

function stepsOf(before: OwnerMemory | undefined, sight: OwnerSight, look: Look): Step[] {
  const holder = before?.holder ?? null;
  if (sight.state === "absent")
    return holder === null ? [] : [ended("released", look.listedAt, sinceLastLook(look.listedAt, look))];
  if (sight.state === "released") return holder === null ? [] : [ended("released", sight.lastRenewedAt, 0)];

  const { ownerId, lastRenewedAt } = sight;
  if (before === undefined && look.previousAt === null)
    return sight.state === "active" ? [{ at: lastRenewedAt, kind: "found", ownerId, uncertaintyMs: 0 }] : [];
  const expiresAt = Math.min(look.listedAt, lastRenewedAt + look.expirationSeconds * 1000);
  const expiry = sight.state === "expired" ? [ended("expired", expiresAt, 0)] : [];
  if (holder === ownerId) return expiry;
  // An ownership that ended and still stands has not come back, however long it now counts as alive.
  const isOld = expiry.length > 0 || lastRenewedAt < (before?.since ?? 0);
  if (holder === null && isOld && before?.lastHolder === ownerId) return [];
  return [...takenOver(before, holder, ownerId, lastRenewedAt, look), ...expiry];
}

function takenOver(
  before: OwnerMemory | undefined,
  holder: string | null,
  ownerId: string,
  at: EpochMs,
  look: Look,
): Step[] {
  const uncertaintyMs = sinceLastLook(at, look);
  if (holder === null) return [{ at, kind: "claimed", ownerId, uncertaintyMs }];
  const silentSince = before?.lastRenewedAt ?? null;
  const ranOutAt = silentSince === null ? at + 1 : silentSince + look.expirationSeconds * 1000;
  // The old owner expired before the other came: it died between two looks and nobody stole.
  return ranOutAt <= at
    ? [ended("expired", ranOutAt, 0), { at, kind: "claimed", ownerId, uncertaintyMs }]
    : [{ at, kind: "stolen", ownerId, uncertaintyMs }];
}

function ended(kind: "released" | "expired", at: EpochMs, uncertaintyMs: number): Step {
  return { at, kind, ownerId: null, uncertaintyMs };
}

/** A change since the last look may be off by the time since then. */
function sinceLastLook(at: EpochMs, { previousAt }: Look): number {
  return previousAt === null ? 0 : Math.max(0, at - previousAt);
}

function idOf(sight: OwnerSight): string | null {
  return sight.state === "absent" || sight.ownerId === "" ? null : sight.ownerId;
}
