import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { toIso } from "#lib/core/time.ts";
import type { ResetPlace } from "../group/place.ts";
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

/** Warns of an owner that stands still: a handler that hangs goes on storing its position over a live reset. */
export function stalledOwner(
  { observedStall }: Pick<ResetPlace, "observedStall">,
  partitionId: string,
  owner: { ownerId: string } | null,
): Reason[] {
  const stall = observedStall?.(partitionId) ?? null;
  if (stall === null || owner === null) return [];
  return [reason("ownerStalled", { ownerId: owner.ownerId, ...stall, since: toIso(stall.since) })];
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

/** Warns of an undo that only reads again what was processed since: the group stands past its former position. */
export function passedWarnings(processedSince: number | null, replays: number | null): Reason[] {
  const isPast = processedSince !== null && replays !== null && replays > 0 && replays <= processedSince;
  return isPast ? [reason("formerPassed", { replays })] : [];
}

export function treeWarnings({ blob, checkpoint, others }: CheckpointBlob): Reason[] {
  return others.map(({ blobName, updatedAt }) =>
    blob !== null && updatedAt > (checkpoint?.updatedAt ?? 0)
      ? reason("newerCheckpointElsewhere", { blobName, writtenBlobName: blob.blobName })
      : reason("olderCheckpointElsewhere", { blobName }),
  );
}
