import { aboutOf, type ClaimingState, untouched } from "#lib/reset/live/state.ts";
import { finish, go, type Row } from "#lib/reset/live/turn.ts";
import { firstTry } from "./claiming.ts";

export const waiting: Row<"waiting"> = {
  start: (state, _, { now, limits }) =>
    go<ClaimingState>(
      {
        ...aboutOf(state),
        step: "claiming",
        deadline: now + limits.overallMs,
        ...untouched,
        ...firstTry,
      },
      now,
      { do: "claim" },
    ),
  breakOff: (state, { reason: why }, { now }) =>
    finish(state, now, { result: "skipped", reason: why, isVerified: false }),
};
