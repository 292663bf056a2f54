import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import { type AbortingState, aboutOf, knownOf, type LiveState, openEndsOf } from "#lib/reset/live/state.ts";

/**
 * The state in which another dashboard goes on with a partition after the first has died: breaking it off. What was
 * stored tells what may be under way; a look at its blob tells if the ownership is still ours.
 * @param claimEtag of the ownership, if it still bears our owner id; else null
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
    // Nothing is begun any more, so that no limit is needed.
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
    // Its connection ended with it, without a word to the service.
    leftLevel: ends.leftLevel || (ends.fence !== "none" && ends.fence !== "closed"),
    wasCleared: false,
    fence: "closed",
    releasedEtag: null,
  };
}
