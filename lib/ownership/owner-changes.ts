import type { EpochMs } from "#lib/core/time.ts";
import type { OwnershipState } from "./ownership.ts";

/** `found`: owned at the first look, since nobody knows when. */
export type OwnerChangeKind = "found" | "claimed" | "stolen" | "released" | "expired";

/** What is kept of a partition's owner between two looks. */
export interface OwnerMemory {
  /** Null: nobody holds it. */
  holder: string | null;
  /** The last one that held it; null where none is known. */
  lastHolder: string | null;
  /** When the last change was. */
  since: EpochMs;
  /** The holder's last renewal that was seen; null where that was not kept. */
  lastRenewedAt: EpochMs | null;
}

/** What a look shows. `absent`: there is no blob. */
export type OwnerSight =
  | { state: OwnershipState; ownerId: string; lastRenewedAt: EpochMs }
  | { state: "absent" };

/** All times by the store's clock. */
export interface Look {
  /** The listing's `Date`. */
  listedAt: EpochMs;
  /** The listing before; null at the first look ever. */
  previousAt: EpochMs | null;
  expirationSeconds: number;
  /** Looks that lie further apart than this were not regular: the dashboard was down, or could not read. */
  regularMs: number;
}

export interface OwnerChange {
  at: EpochMs;
  partitionId: string;
  kind: OwnerChangeKind;
  /** Who holds the partition from here on; null: nobody. */
  ownerId: string | null;
  /** Who held it last before. */
  previousOwnerId: string | null;
  /** It may have been up to so much earlier. */
  uncertaintyMs: number;
  /** It happened while nobody looked. */
  isUnobserved: boolean;
}

type Step = Pick<OwnerChange, "at" | "kind" | "ownerId" | "uncertaintyMs">;

/**
 * What changed on one partition between two looks, oldest first, and what to keep for the next look.
 * The time is the blob's Last-Modified where that tells it: of a release always, of a claim where its owner
 * has not renewed since, and of an expiry from the last renewal on. Else it is stated how far it may be off.
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
    // Blobs of one partition tell their times to the second only: order counts more.
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
  // One that is known to have ended and is still there has not come back, however long it now counts as alive.
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
  // It was silent for an expiry before the other came: a death between two looks, and no theft.
  return ranOutAt <= at
    ? [ended("expired", ranOutAt, 0), { at, kind: "claimed", ownerId, uncertaintyMs }]
    : [{ at, kind: "stolen", ownerId, uncertaintyMs }];
}

function ended(kind: "released" | "expired", at: EpochMs, uncertaintyMs: number): Step {
  return { at, kind, ownerId: null, uncertaintyMs };
}

/** The change lies after the last look: that is how far it may be off. */
function sinceLastLook(at: EpochMs, { previousAt }: Look): number {
  return previousAt === null ? 0 : Math.max(0, at - previousAt);
}

function idOf(sight: OwnerSight): string | null {
  return sight.state === "absent" || sight.ownerId === "" ? null : sight.ownerId;
}
