import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { begunOf, type ClaimingState, type FencingState } from "#lib/reset/live/state.ts";
import { go, type Row, type Turn, type TurnContext, turn } from "#lib/reset/live/turn.ts";
import { breakOff } from "./break-off.ts";

export const firstTry = { awaiting: "claim", claimTries: 1, claimDoubtUntil: null, retryAt: null } as const;

/** Looks again, a few rounds, when somebody else renewed or claimed at the same moment. */
function again(
  state: ClaimingState,
  result: "conflict" | "failed",
  because: Reason,
  context: TurnContext,
): Turn {
  const { now, limits } = context;
  if (state.claimTries < limits.claimRounds) {
    return turn(state, { awaiting: null, retryAt: now + limits.claimPauseMs });
  }
  const told = reason("ownershipNotTaken", { rounds: state.claimTries, because });
  return breakOff(state, context, { result, reason: told }, { awaiting: null });
}

export const claiming: Row<"claiming"> = {
  claimed: (state, { etag, previous }, { now }) =>
    go<FencingState>(
      {
        ...begunOf(state),
        step: "fencing",
        claim: { etag, renewedAt: now },
        isRenewing: false,
        heldOff: previous ?? state.heldOff,
        fence: "attaching",
      },
      now,
      { do: "attach", ownerLevel: state.ownerLevel },
    ),
  claimRefused: (state, { because }, context) => again(state, "conflict", because, context),
  claimFailed: (state, { because, isFinal }, context) => {
    if (isFinal) return breakOff(state, context, { result: "failed", reason: because }, { awaiting: null });
    const claimDoubtUntil = context.now + context.limits.doubtMs;
    return again({ ...state, claimDoubtUntil }, "failed", because, context);
  },
  tick: (state, _, { now }) => {
    if (state.awaiting !== null || state.retryAt === null || now < state.retryAt) return turn(state, {});
    const claimTries = state.claimTries + 1;
    return turn(state, { awaiting: "claim", claimTries, retryAt: null }, { do: "claim" });
  },
};
