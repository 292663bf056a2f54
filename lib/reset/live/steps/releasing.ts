import { begunOf, type ReleasingState, type VerifyingState } from "#lib/reset/live/state.ts";
import { go, type Row, type Turn, type TurnContext, turn } from "#lib/reset/live/turn.ts";
import { releaseRetryMs } from "./break-off.ts";

function release(state: ReleasingState, { now }: TurnContext): Turn {
  if (state.fence !== "closed" || state.isRenewing || state.awaiting !== null) return turn(state, {});
  if (state.retryAt !== null && now < state.retryAt) return turn(state, {});
  if (state.claim === null) return verify(state, now, null);
  const { etag } = state.claim;
  return turn(state, { awaiting: "release", retryAt: null }, { do: "release", etag });
}

function verify(state: ReleasingState, now: number, releasedEtag: string | null): Turn<VerifyingState> {
  const { leftLevel, wasCleared, streamEnd } = state;
  return go<VerifyingState>(
    {
      ...begunOf(state),
      step: "verifying",
      leftLevel,
      wasCleared,
      streamEnd,
      base: null,
      doubtUntil: null,
      releasedEtag,
      releasedAt: now,
      waitsFrom: now,
      looksFrom: now,
      owner: null,
      jump: null,
      broken: null,
    },
    now,
    { do: "observe" },
  );
}

export const releasing: Row<"releasing"> = {
  tick: (state, _, context) => release(state, context),
  closed: (state, { isClean }, context) => {
    const { ownerLevel } = state;
    if (!isClean && !state.wasCleared) {
      return turn(state, { leftLevel: true, wasCleared: true }, { do: "clearLevel", ownerLevel });
    }
    return release({ ...state, fence: "closed", leftLevel: !isClean }, context);
  },
  fenceLost: (state) => turn(state, {}),
  renewed: (state, { etag }, context) =>
    release({ ...state, isRenewing: false, claim: { etag, renewedAt: context.now } }, context),
  renewFailed: (state, _, context) => release({ ...state, isRenewing: false }, context),
  // The new owner read our checkpoint after the quiet time, so this counts as released.
  ousted: (state, _, context) =>
    release({ ...state, isRenewing: false, claim: null, awaiting: null }, context),
  released: (state, { etag }, { now }) => verify(state, now, etag),
  releaseFailed: (state, _, { now, limits }) =>
    now - state.since < limits.releaseMs
      ? turn(state, { awaiting: null, retryAt: now + releaseRetryMs })
      : verify(state, now, null),
};
