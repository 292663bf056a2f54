import { begunOf, type ReleasingState } from "#lib/reset/live/state.ts";
import { go, type Row, turn } from "#lib/reset/live/turn.ts";
import { ousted } from "./ousted.ts";
import { overwritten } from "./overwritten.ts";
import { passed } from "./passed.ts";
import { write } from "./writing.ts";

export const holding: Row<"holding"> = {
  observed: (state, { observation }, context) => {
    const { now, limits } = context;
    if (observation.askedAt < state.looksFrom) return turn(state, {});
    const lost = ousted(state, observation, context);
    if (lost !== null) return lost;
    if (!observation.checkpoint?.isOurs) {
      const written = () => write({ ...state, ...overwritten(state, observation) }, observation, now);
      return passed(state, observation, context) ?? written();
    }
    if (observation.askedAt < state.quietSince + limits.quietMs) return turn(state, {});
    const { claim, isRenewing, streamEnd } = state;
    return go<ReleasingState>(
      {
        ...begunOf(state),
        step: "releasing",
        claim,
        isRenewing,
        fence: "closing",
        leftLevel: false,
        wasCleared: false,
        awaiting: null,
        streamEnd,
        retryAt: null,
      },
      now,
      { do: "close" },
    );
  },
};
