import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { breakOff } from "#lib/reset/live/recover/break-off.ts";
import { takenBy } from "#lib/reset/live/watch/sighting.ts";
import type { Sighting } from "#lib/reset/live/watch/signals.ts";
import type { LiveState } from "./state.ts";
import { type Cell, finish, go, highestOf, type Row, type Turn, type TurnContext, turn } from "./turn.ts";

export const waiting: Row = {
  start: (state, _, { now, limits }) =>
    go(
      state,
      "claiming",
      now,
      { deadline: now + limits.overallMs, awaiting: "claim", claimTries: 1 },
      { do: "claim" },
    ),
  breakOff: (state, { reason: why }, { now }) =>
    finish(state, now, { result: "skipped", reason: why, isVerified: false }),
};

/** Somebody else renewed or claimed at the same moment: it is looked at again, a few rounds. */
const claimAgain =
  (result: "conflict" | "failed") =>
  (state: LiveState, { because }: { because: Reason }, context: TurnContext): Turn => {
    const { now, limits } = context;
    if (state.claimTries < limits.claimRounds) {
      return turn(state, { awaiting: null, retryAt: now + limits.claimPauseMs });
    }
    const told = reason("ownershipNotTaken", { rounds: state.claimTries, because });
    return breakOff(turn(state, { awaiting: null }).state, context, { result, reason: told });
  };

export const claiming: Row = {
  claimed: (state, { etag, previous }, { now }) =>
    go(
      state,
      "fencing",
      now,
      {
        awaiting: null,
        claim: { etag, renewedAt: now },
        claimDoubtUntil: null,
        heldOff: previous ?? state.heldOff,
        fence: "attaching",
      },
      { do: "attach", ownerLevel: state.ownerLevel },
    ),
  claimLost: claimAgain("conflict"),
  claimFailed: (state, event, context) => {
    if (event.isFinal) {
      const unclaimed = turn(state, { awaiting: null }).state;
      return breakOff(unclaimed, context, { result: "failed", reason: event.because });
    }
    const claimDoubtUntil = context.now + context.limits.doubtMs;
    return claimAgain("failed")(turn(state, { claimDoubtUntil }).state, event, context);
  },
  tick: (state, _, { now }) => {
    if (state.awaiting !== null || state.retryAt === null || now < state.retryAt) return turn(state, {});
    const claimTries = state.claimTries + 1;
    return turn(state, { awaiting: "claim", claimTries, retryAt: null }, { do: "claim" });
  },
};

export const fencing: Row = {
  attached: (state, _, { now }) =>
    go(
      state,
      "writing",
      now,
      { fence: "attached", fencedAt: state.fencedAt ?? now, looksFrom: now },
      { do: "look" },
    ),
  refused: (state, { ownerLevel: higher, detail }, context) => {
    const unfenced = turn(state, { fence: "none" }).state;
    const next = (higher ?? -1) + 1;
    // Once: whoever raises its level in answer is not to be raced.
    if (state.ownerLevel === 1 && next > 1 && Number.isSafeInteger(next)) {
      return turn(state, { ownerLevel: next }, { do: "attach", ownerLevel: next });
    }
    return breakOff(unfenced, context, { result: "failed", reason: reason("higherLevel", { detail }) });
  },
  attachFailed: (state, { because, isClean }, context) =>
    breakOff(turn(state, { fence: "none", leftLevel: !isClean }).state, context, {
      result: "failed",
      reason: reason("notPaused", { because }),
    }),
};

function write(state: LiveState, { checkpoint }: Sighting, now: number): Turn {
  const base = {
    etag: checkpoint?.etag ?? null,
    sequenceNumber: checkpoint?.sequenceNumber ?? null,
  };
  const highest = highestOf(state.highest, base.sequenceNumber);
  return go(state, "writing", now, { base, highest, awaiting: "write" }, { do: "write", base });
}

/** Why a partition is left where it is; null: it is not past a target that lay ahead at the review. */
export function goneAhead(
  { isForward, target }: Pick<LiveState, "isForward" | "target">,
  standsAt: number | null,
): Reason | null {
  if (isForward !== true || standsAt === null || standsAt <= target) return null;
  return reason("wentPastTarget", { sequenceNumber: standsAt, targetSequenceNumber: target });
}

function hold(state: LiveState, now: number): Turn {
  return go(state, "holding", now, {
    awaiting: null,
    hasStood: true,
    doubtUntil: null,
    quietSince: now,
    looksFrom: now,
  });
}

/** An ownership that is not ours any more: whoever has it reads on as soon as the fence is gone. */
function oustedBy(state: LiveState, { ownership }: Sighting): Reason | null {
  if (ownership === null) return reason("ownershipDeleted");
  const { ownerId } = ownership;
  return ownerId === state.ownerId ? null : takenBy(ownerId);
}

/** Of looks that show what was there after the last write. */
const looked =
  (cell: (state: LiveState, sighting: Sighting, context: TurnContext) => Turn): Cell<"seen"> =>
  (state, { sighting }, context) => {
    if (sighting.askedAt < state.looksFrom || state.awaiting !== null) return turn(state, {});
    const by = oustedBy(state, sighting);
    if (by === null) return cell(state, sighting, context);
    const why = reason("takenAway", { because: by });
    return breakOff(turn(state, { claim: null }).state, context, { result: "failed", reason: why });
  };

export const writing: Row = {
  seen: looked((state, sighting, context) => {
    const { now } = context;
    if (sighting.checkpoint?.isOurs) return hold(state, now);
    const standsAt = sighting.checkpoint?.sequenceNumber ?? null;
    const why = state.hasStood ? null : goneAhead(state, standsAt);
    return why === null
      ? write(state, sighting, now)
      : breakOff(state, context, { result: "conflict", reason: why });
  }),
  written: (state, _, { now }) => hold(state, now),
  writeRefused: (state, _, { now }) => turn(state, { awaiting: null, looksFrom: now }, { do: "look" }),
  writeLost: (state, _, { now, limits }) =>
    turn(state, { awaiting: null, looksFrom: now, doubtUntil: now + limits.doubtMs }, { do: "look" }),
  writeFailed: (state, { reason: why }, context) =>
    breakOff(turn(state, { awaiting: null }).state, context, { result: "failed", reason: why }),
};

export const holding: Row = {
  seen: looked((state, sighting, { now, limits }) => {
    if (!sighting.checkpoint?.isOurs) {
      return write({ ...state, rewrites: state.rewrites + 1 }, sighting, now);
    }
    const isQuiet = sighting.askedAt >= (state.quietSince ?? now) + limits.quietMs;
    return isQuiet ? go(state, "releasing", now, { fence: "closing" }, { do: "close" }) : turn(state, {});
  }),
};
