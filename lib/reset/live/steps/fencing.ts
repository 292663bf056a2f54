import { reason } from "#lib/api/reasons/reason.ts";
import { begunOf, type WritingState } from "#lib/reset/live/state.ts";
import { go, type Row, turn } from "#lib/reset/live/turn.ts";
import { breakOff } from "./break-off.ts";

export const fencing: Row<"fencing"> = {
  attached: (state, _, { now }) =>
    go<WritingState>(
      {
        ...begunOf(state),
        step: "writing",
        claim: state.claim,
        isRenewing: state.isRenewing,
        fence: "attached",
        fencedAt: state.fencedAt ?? now,
        streamEnd: null,
        looksFrom: now,
        awaiting: null,
        base: null,
        doubtUntil: null,
      },
      now,
      { do: "observe" },
    ),
  refused: (state, { ownerLevel: higher, detail }, context) => {
    const next = (higher ?? -1) + 1;
    // Raise the level once only: don't race a reader that raises its own.
    if (state.ownerLevel === 1 && next > 1 && Number.isSafeInteger(next)) {
      return turn(state, { ownerLevel: next }, { do: "attach", ownerLevel: next });
    }
    const why = reason("higherLevel", { detail });
    return breakOff(state, context, { result: "failed", reason: why }, { fence: "none" });
  },
  attachFailed: (state, { because, isClean }, context) => {
    const why = reason("notPaused", { because });
    return breakOff(
      state,
      context,
      { result: "failed", reason: why },
      { fence: "none", leftLevel: !isClean },
    );
  },
};
