import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import { type AbortingState, aboutOf, knownOf, type LiveState, openEndsOf } from "#lib/reset/live/state.ts";

/**
 * Returns the state in which another dashboard breaks a partition off after the first has died.
 * @param claimEtag the ownership's etag if it still has our owner id, else null
 */
export function recovered(
  stored: LiveState,
  claimEtag: string | null,
  why: Reason,
  { now, limits }: { now: EpochMs; limits: LiveLimits },
): AbortingState {
  const { heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes } = knownOf(stored);
  const ends = openEndsOf(stored);
  const mayClaim = ends.awaiting === "claim" || ends.claimDoubtUntil !== null;
  const mayWrite = ends.awaiting === "write" || ends.doubtUntil !== null;
  return {
    ...aboutOf(stored),
    ...{ heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes },
    // Nothing new begins, so there is no time limit.
    deadline: "deadline" in stored ? stored.deadline : now,
    step: "aborting",
    since: now,
    broken: { result: "failed", reason: why, isHurried: false },
    claim: claimEtag === null ? null : { etag: claimEtag, renewedAt: now },
    isRenewing: false,
    claimDoubtUntil: mayClaim ? now + limits.doubtMs : null,
    looksFrom: now,
    awaiting: null,
    retryAt: null,
    base: ends.base,
    doubtUntil: mayWrite ? now + limits.doubtMs : null,
    // The dead dashboard's connection ended without a detach.
    leftLevel: ends.leftLevel || (ends.fence !== "none" && ends.fence !== "closed"),
    wasCleared: false,
    fence: "closed",
    releasedEtag: null,
  };
}
