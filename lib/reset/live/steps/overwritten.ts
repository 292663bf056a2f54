import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { type Known, knownOf, type LiveState, type Overwrite } from "#lib/reset/live/state.ts";
import type { TurnContext } from "#lib/reset/live/turn.ts";
import type { PartitionObservation } from "#lib/reset/live/watch/signals.ts";

/** Counts an observation of somebody else's checkpoint over ours. */
export function overwritten(
  { rewrites, overwrite: last = null }: Pick<Known, "rewrites" | "overwrite">,
  { checkpoint }: Pick<PartitionObservation, "checkpoint">,
): { rewrites: number; overwrite: Overwrite } {
  const sequenceNumber = checkpoint?.sequenceNumber ?? null;
  const times = last !== null && last.sequenceNumber === sequenceNumber ? last.times + 1 : 1;
  return { rewrites: rewrites + 1, overwrite: { sequenceNumber, times, by: checkpoint?.writtenBy ?? null } };
}

/** Who overwrites: the writer that the blob names, else who owned the partition before. */
export function overwriterOf({ overwrite, heldOff }: Pick<Known, "overwrite" | "heldOff">): string | null {
  return overwrite?.by ?? heldOff;
}

/** Why a partition is given up once its time has passed. */
export function tooLong(state: LiveState, { limits }: TurnContext): Reason {
  const { rewrites, overwrite = null, heldOff } = knownOf(state);
  if (overwrite === null) return reason("tookTooLong");
  return reason("keptOverwriting", {
    ownerId: overwriterOf({ overwrite, heldOff }),
    times: rewrites,
    sequenceNumber: overwrite.sequenceNumber,
    isSame: overwrite.times === rewrites,
    withinSeconds: Math.round(limits.overallMs / 1000),
  });
}
