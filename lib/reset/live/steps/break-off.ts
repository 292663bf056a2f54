import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { joined, reason } from "#lib/api/reasons/reason.ts";
import {
  type AbortingState,
  type ActiveState,
  begunOf,
  type Known,
  type LiveEnd,
  type OpenEnds,
  openEndsOf,
  type VerifyingState,
} from "#lib/reset/live/state.ts";
import { finish, go, isUntouched, type Turn, type TurnContext, turn } from "#lib/reset/live/turn.ts";

export const releaseRetryMs = 1_000;

/**
 * Breaks a partition off in any step: closes the fence first, then releases the ownership if it is still ours.
 * @param changed what the event has already ended
 */
export function breakOff(
  state: ActiveState,
  context: TurnContext,
  {
    result,
    reason: why,
    isHurried = false,
    isSettled = false,
  }: { result: LiveEnd["result"]; reason: Reason; isHurried?: boolean; isSettled?: boolean },
  changed: Partial<OpenEnds> = {},
): Turn {
  const { now } = context;
  const ends = { ...openEndsOf(state), ...changed };
  const { fence } = ends;
  const isOpen = fence === "attaching" || fence === "attached";
  const begun: AbortingState = {
    ...begunOf(state),
    ...ends,
    step: "aborting",
    since: now,
    fence: isOpen ? "closing" : fence,
    broken: { result, reason: why, isHurried, ...(isSettled && { isSettled }) },
    looksFrom: now,
    retryAt: null,
  };
  return isOpen ? turn(begun, {}, { do: "close" }) : goOn(begun, context);
}

export function goOn(state: AbortingState, context: TurnContext): Turn {
  const { now } = context;
  if (state.fence === "closing" || state.awaiting !== null || state.isRenewing) return turn(state, {});
  if (state.leftLevel && !state.wasCleared && !state.broken.isHurried) {
    const { ownerLevel } = state;
    return turn(state, { fence: "closing", wasCleared: true }, { do: "clearLevel", ownerLevel });
  }
  if (state.claim !== null) {
    if (state.retryAt !== null && now < state.retryAt) return turn(state, {});
    const { etag } = state.claim;
    return turn(state, { awaiting: "release", retryAt: null }, { do: "release", etag });
  }
  if (state.claimDoubtUntil !== null && isWorthWaiting(state, context)) return turn(state, {});
  return leave(state, context);
}

/** Waits for observations that show whether our unanswered claim arrived. */
function isWorthWaiting(
  { claimDoubtUntil, broken, since }: AbortingState,
  { now, limits }: TurnContext,
): boolean {
  return now <= (broken.isHurried ? since + limits.hurryMs : (claimDoubtUntil ?? 0) + limits.releaseMs);
}

function leave(state: AbortingState, { now }: TurnContext): Turn {
  const { broken, leftLevel, wasCleared, base, doubtUntil, releasedEtag } = state;
  const { result, reason: why, isSettled = false } = broken;
  if (isSettled || isUntouched(state)) {
    return finish(state, now, { result, reason: withLevel(state, why), isVerified: isSettled });
  }
  return go<VerifyingState>(
    {
      ...begunOf(state),
      step: "verifying",
      broken,
      leftLevel,
      wasCleared,
      base,
      doubtUntil,
      releasedEtag,
      streamEnd: null,
      looksFrom: now,
      releasedAt: now,
      waitsFrom: now,
      owner: null,
      jump: null,
    },
    now,
    { do: "observe" },
  );
}

/** Adds a reason when the service may still enforce the owner level. */
export function withLevel(
  { leftLevel, ownerLevel }: Pick<Known, "leftLevel" | "ownerLevel">,
  why: Reason | null,
): Reason | null {
  return leftLevel ? joined([why, reason("levelLeft", { ownerLevel })]) : why;
}
