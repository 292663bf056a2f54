import type { ResetPlace } from "./place.ts";

/** The time between two checkpoints to go by: the group's of a day where enough was seen, else the partition's. */
export function workingSeconds(
  place: Pick<ResetPlace, "observedWorkingSeconds" | "observedCheckpointSeconds">,
  partitionId: string,
): number | null {
  return place.observedWorkingSeconds?.() ?? place.observedCheckpointSeconds(partitionId);
}
