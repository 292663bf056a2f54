import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { HoldingState, WritingState } from "#lib/reset/live/state.ts";
import type { Turn, TurnContext } from "#lib/reset/live/turn.ts";
import { takenBy } from "#lib/reset/live/watch/observe-partition.ts";
import type { PartitionObservation } from "#lib/reset/live/watch/signals.ts";
import { breakOff } from "./break-off.ts";

/** Breaks off when an observation shows another owner, who reads on once the fence is gone. Null: it is ours. */
export function ousted(
  state: WritingState | HoldingState,
  { ownership }: PartitionObservation,
  context: TurnContext,
): Turn | null {
  const by = lostTo(state.ownerId, ownership);
  if (by === null) return null;
  const why = reason("takenAway", { because: by });
  return breakOff(state, context, { result: "failed", reason: why }, { claim: null });
}

function lostTo(ours: string, ownership: PartitionObservation["ownership"]): Reason | null {
  if (ownership === null) return reason("ownershipDeleted");
  return ownership.ownerId === ours ? null : takenBy(ownership.ownerId);
}
