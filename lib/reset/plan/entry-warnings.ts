import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { CheckpointBlob } from "./checkpoint-blob.ts";
import type { Landing } from "./land.ts";
import type { Standing } from "./standing.ts";

export function entryWarnings(chosen: CheckpointBlob, standing: Standing, landing: Landing): Reason[] {
  const { checkpoint } = chosen;
  return [
    ...clampWarnings(landing),
    ...(checkpoint === null ? [reason("checkpointCreated")] : []),
    ...(checkpoint?.unreadable != null
      ? [reason("checkpointRepaired", { fault: checkpoint.unreadable })]
      : []),
    ...(standing.next === null && standing.state === "ahead" ? [standing.why] : []),
    ...lostWarnings(standing),
    ...treeWarnings(chosen),
  ];
}

/** Like `entryWarnings`, for a plan that doesn't count from the group's own checkpoint. */
export function landingWarnings(standing: Standing, landing: Landing): Reason[] {
  return [...clampWarnings(landing), ...lostWarnings(standing)];
}

function clampWarnings({ clamp, warnings }: Landing): Reason[] {
  return [...(clamp === null ? [] : [clamp.why]), ...warnings];
}

function lostWarnings(standing: Standing): Reason[] {
  return standing.next !== null && standing.lost > 0
    ? [reason("eventsLost", { lostEvents: standing.lost })]
    : [];
}

export function treeWarnings({ blob, checkpoint, others }: CheckpointBlob): Reason[] {
  return others.map(({ blobName, updatedAt }) =>
    blob !== null && updatedAt > (checkpoint?.updatedAt ?? 0)
      ? reason("newerCheckpointElsewhere", { blobName, writtenBlobName: blob.blobName })
      : reason("olderCheckpointElsewhere", { blobName }),
  );
}
