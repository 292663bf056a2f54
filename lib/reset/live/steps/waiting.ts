import { aboutOf, type ClaimingState } from "#lib/reset/live/state.ts";
import { finish, go, type Row } from "#lib/reset/live/turn.ts";

export const waiting: Row<"waiting"> = {
  start: (state, _, { now, limits }) =>
    go<ClaimingState>(
      {
        ...aboutOf(state),
        step: "claiming",
        deadline: now + limits.overallMs,
        heldOff: null,
        ownerLevel: 1,
        fencedAt: null,
        hasStood: false,
        highest: null,
        rewrites: 0,
        retakes: 0,
        awaiting: "claim",
        claimTries: 1,
        claimDoubtUntil: null,
        retryAt: null,
      },
      now,
      { do: "claim" },
    ),
  breakOff: (state, { reason: why }, { now }) =>
    finish(state, now, { result: "skipped", reason: why, isVerified: false }),
};
