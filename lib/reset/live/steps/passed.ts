import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { isPast } from "#lib/reset/group/is-past.ts";
import type { HoldingState, VerifyingState, WritingState } from "#lib/reset/live/state.ts";
import type { Turn, TurnContext } from "#lib/reset/live/turn.ts";
import type { PartitionObservation } from "#lib/reset/live/watch/signals.ts";
import { breakOff } from "./break-off.ts";
import { overwritten } from "./overwritten.ts";

/**
 * Leaves a partition where its group is that passed a forward target by itself, before the first write or by what it
 * stored over it: writing would take it back. Null: it did not.
 */
export function passed(
  state: WritingState | HoldingState,
  observation: PartitionObservation,
  context: TurnContext,
): Turn | null {
  const standsAt = observation.checkpoint?.sequenceNumber ?? null;
  if (!isPast(state, standsAt)) return null;
  if (!state.hasStood) {
    const why = reason("wentPastTarget", { sequenceNumber: standsAt, targetSequenceNumber: state.target });
    return breakOff(state, context, { result: "conflict", reason: why });
  }
  const seen = { ...state, ...overwritten(state, observation) };
  return breakOff(seen, context, {
    result: "overwritten",
    reason: storedPast(state, standsAt),
    isSettled: true,
  });
}

export function storedPast(
  { heldOff, target }: Pick<VerifyingState, "heldOff" | "target">,
  standsAt: number,
): Reason {
  return reason("storedPastTarget", {
    ownerId: heldOff,
    sequenceNumber: standsAt,
    targetSequenceNumber: target,
  });
}
