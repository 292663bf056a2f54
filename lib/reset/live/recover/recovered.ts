import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import type { LiveState } from "#lib/reset/live/state.ts";

/**
 * The state in which another dashboard goes on with a partition whose dashboard has died: breaking it off. What
 * was stored tells what may be under way; whether the ownership is ours still, a look at its blob alone.
 * @param claimEtag of the ownership, where it still bears our owner id; else null
 */
export function recovered(
  stored: LiveState,
  claimEtag: string | null,
  why: Reason,
  { now, limits }: { now: EpochMs; limits: LiveLimits },
): LiveState {
  const mayWrite = stored.awaiting === "write" || stored.doubtUntil !== null;
  return {
    ...stored,
    step: "aborting",
    since: now,
    broken: { result: "failed", reason: why, isHurried: false },
    claim: claimEtag === null ? null : { etag: claimEtag, renewedAt: now },
    isRenewing: false,
    claimDoubtUntil:
      stored.awaiting === "claim" || stored.claimDoubtUntil !== null ? now + limits.doubtMs : null,
    looksFrom: now,
    awaiting: null,
    retryAt: null,
    doubtUntil: mayWrite ? now + limits.doubtMs : null,
    // Its connection ended with it, without a word to the service.
    leftLevel: stored.leftLevel || (stored.fence !== "none" && stored.fence !== "closed"),
    wasCleared: false,
    fence: "closed",
    streamEnd: null,
    releasedEtag: null,
    owner: null,
    jump: null,
  };
}
