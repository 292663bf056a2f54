import type { EpochMs } from "#lib/core/time.ts";
import type { OwnershipState } from "./ownership.ts";

export type OwnerChangeKind = "found" | "claimed" | "stolen" | "released" | "expired";

export interface OwnerMemory {
  holder: string | null;
  lastHolder: string | null;
  since: EpochMs;
  lastRenewedAt: EpochMs | null;
}

export type ObservedOwnership =
  | { state: OwnershipState; ownerId: string; lastRenewedAt: EpochMs }
  | { state: "absent" };

export interface Observation {
  listedAt: EpochMs;
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
 * Returns one partition's changes between two observations, oldest first, and what to remember. Last-Modified gives
 * the exact time of a release, of a claim without a renewal since, and (from the last renewal) of an expiry;
 * otherwise `uncertaintyMs` says how far it may be off.
 */
export function compareOwner(
  partitionId: string,
  before: OwnerMemory | undefined,
  ownership: ObservedOwnership,
  observation: Observation,
): { changes: OwnerChange[]; after: OwnerMemory } {
  const isUnobserved =
    observation.previousAt !== null && observation.listedAt - observation.previousAt > observation.regularMs;
  let { holder, lastHolder, since } = before ?? { holder: null, lastHolder: null, since: 0 };
  const changes = stepsOf(before, ownership, observation).map((step): OwnerChange => {
    const previousOwnerId = holder ?? lastHolder;
    // Last-Modified has whole seconds; the order of events counts more.
    const at = Math.max(since, step.at);
    holder = step.ownerId;
    lastHolder = step.ownerId ?? previousOwnerId;
    since = at;
    return { ...step, at, partitionId, previousOwnerId, isUnobserved };
  });
  if (before === undefined && changes.length === 0) lastHolder = idOf(ownership);
  const lastRenewedAt = ownership.state === "absent" ? null : ownership.lastRenewedAt;
  return { changes, after: { holder, lastHolder, since, lastRenewedAt } };
}

function stepsOf(
  before: OwnerMemory | undefined,
  ownership: ObservedOwnership,
  observation: Observation,
): Step[] {
  const holder = before?.holder ?? null;
  if (ownership.state === "absent")
    return holder === null
      ? []
      : [ended("released", observation.listedAt, sinceLast(observation.listedAt, observation))];
  if (ownership.state === "released")
    return holder === null ? [] : [ended("released", ownership.lastRenewedAt, 0)];

  const { ownerId, lastRenewedAt } = ownership;
  if (before === undefined && observation.previousAt === null)
    return ownership.state === "active"
      ? [{ at: lastRenewedAt, kind: "found", ownerId, uncertaintyMs: 0 }]
      : [];
  const expiresAt = Math.min(observation.listedAt, lastRenewedAt + observation.expirationSeconds * 1000);
  const expiry = ownership.state === "expired" ? [ended("expired", expiresAt, 0)] : [];
  if (holder === ownerId) return expiry;
  // An ownership that ended and still stands has not come back, however long it now counts as alive.
  const isOld = expiry.length > 0 || lastRenewedAt < (before?.since ?? 0);
  if (holder === null && isOld && before?.lastHolder === ownerId) return [];
  return [...takenOver(before, holder, ownerId, lastRenewedAt, observation), ...expiry];
}

function takenOver(
  before: OwnerMemory | undefined,
  holder: string | null,
  ownerId: string,
  at: EpochMs,
  observation: Observation,
): Step[] {
  const uncertaintyMs = sinceLast(at, observation);
  if (holder === null) return [{ at, kind: "claimed", ownerId, uncertaintyMs }];
  const silentSince = before?.lastRenewedAt ?? null;
  const ranOutAt = silentSince === null ? at + 1 : silentSince + observation.expirationSeconds * 1000;
  // The old owner expired before the other came: it died between two observations and nobody stole.
  return ranOutAt <= at
    ? [ended("expired", ranOutAt, 0), { at, kind: "claimed", ownerId, uncertaintyMs }]
    : [{ at, kind: "stolen", ownerId, uncertaintyMs }];
}

function ended(kind: "released" | "expired", at: EpochMs, uncertaintyMs: number): Step {
  return { at, kind, ownerId: null, uncertaintyMs };
}

function sinceLast(at: EpochMs, { previousAt }: Observation): number {
  return previousAt === null ? 0 : Math.max(0, at - previousAt);
}

function idOf(ownership: ObservedOwnership): string | null {
  return ownership.state === "absent" || ownership.ownerId === "" ? null : ownership.ownerId;
}
