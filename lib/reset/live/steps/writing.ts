import { begunOf, type HoldingState, type WritingState } from "#lib/reset/live/state.ts";
import { go, highestOf, type Row, type Turn, turn } from "#lib/reset/live/turn.ts";
import type { PartitionObservation } from "#lib/reset/live/watch/signals.ts";
import { breakOff } from "./break-off.ts";
import { ousted } from "./ousted.ts";
import { passed } from "./passed.ts";

export function write(
  state: WritingState | HoldingState,
  { checkpoint }: PartitionObservation,
  now: number,
): Turn<WritingState> {
  const base = { etag: checkpoint?.etag ?? null, sequenceNumber: checkpoint?.sequenceNumber ?? null };
  const { claim, isRenewing, fence, streamEnd, looksFrom } = state;
  return go<WritingState>(
    {
      ...begunOf(state),
      step: "writing",
      claim,
      isRenewing,
      fence,
      streamEnd,
      looksFrom,
      highest: highestOf(state.highest, base.sequenceNumber),
      awaiting: "write",
      base,
      doubtUntil: state.step === "writing" ? state.doubtUntil : null,
    },
    now,
    { do: "write", base },
  );
}

function hold(state: WritingState, now: number): Turn<HoldingState> {
  const { claim, isRenewing, fence, streamEnd } = state;
  const held = { ...begunOf(state), claim, isRenewing, fence, streamEnd, hasStood: true };
  return go<HoldingState>({ ...held, step: "holding", quietSince: now, looksFrom: now }, now);
}

export const writing: Row<"writing"> = {
  observed: (state, { observation }, context) => {
    if (observation.askedAt < state.looksFrom || state.awaiting !== null) return turn(state, {});
    const lost = ousted(state, observation, context);
    if (lost !== null) return lost;
    if (observation.checkpoint?.isOurs) return hold(state, context.now);
    return passed(state, observation, context) ?? write(state, observation, context.now);
  },
  written: (state, _, { now }) => hold(state, now),
  writeRefused: (state, _, { now }) => turn(state, { awaiting: null, looksFrom: now }, { do: "observe" }),
  writeLost: (state, _, { now, limits }) =>
    turn(state, { awaiting: null, looksFrom: now, doubtUntil: now + limits.doubtMs }, { do: "observe" }),
  writeFailed: (state, { reason: why }, context) =>
    breakOff(state, context, { result: "failed", reason: why }, { awaiting: null }),
};
