import type { ResetPlace } from "./place.ts";

/** Returns the seconds between two checkpoints: the group's of the last day if known, else the partition's. */
export function workingSeconds(
  place: Pick<ResetPlace, "observedWorkingSeconds" | "observedCheckpointSeconds">,
  partitionId: string,
): number | null {
  return place.observedWorkingSeconds?.() ?? place.observedCheckpointSeconds(partitionId);
}
