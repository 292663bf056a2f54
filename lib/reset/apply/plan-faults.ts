import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { type Guard, treesOf } from "../group/live-tree.ts";
import type { ResetPlace } from "../group/place.ts";
import { type CheckpointBlob, checkpointBlob } from "../plan/checkpoint-blob.ts";
import { blobsIn, byPartition } from "../plan/observation.ts";

/**
 * Says by partition why a planned write must not be made, because other blobs changed after the preview. Leaves the
 * written blob's own etag to the observation before each write.
 */
export function planFaults(
  writes: readonly PlannedWrite[],
  { groups, readAt: storeNow }: Pick<StoreReading, "groups" | "readAt">,
  place: ResetPlace,
  guardSeconds: Guard["guardSeconds"],
): Map<string, Reason> {
  const group = groups.get(place.group.toLowerCase()) ?? null;
  const blobs = byPartition(group);
  const trees = treesOf(group, storeNow);
  const faults = new Map<string, Reason>();
  for (const write of writes) {
    const found = blobsIn(blobs, write.partitionId);
    const chosen = checkpointBlob(write.partitionId, found, trees, { storeNow, guardSeconds }, place);
    const fault = faultOf(write, chosen);
    if (fault !== null) faults.set(write.partitionId, fault);
  }
  return faults;
}

function faultOf(write: PlannedWrite, { blob, checkpoint, others }: CheckpointBlob): Reason | null {
  for (const { blobName, etag } of checkpoint === null ? others : [checkpoint, ...others]) {
    if (blobName === write.blobName) continue;
    // A plan without a list of rivals was made for the partition's only checkpoint.
    if (write.rivals === undefined && write.etag !== null) continue;
    const known = write.rivals?.find((rival) => rival.blobName === blobName);
    if (known === undefined) return reason("rivalAppeared", { blobName });
    if (known.etag !== etag) return reason("rivalWritten", { blobName });
  }
  const standing = new Set([checkpoint, ...others].map((one) => one?.blobName));
  const gone = write.rivals?.find((rival) => !standing.has(rival.blobName));
  if (gone !== undefined) return reason("rivalDeleted", { blobName: gone.blobName });
  // A move and its undo name their blob.
  const isMeant = write.source !== undefined || write.undoesMove === true || write.act !== undefined;
  if (isMeant || blob === null || blob.blobName === write.blobName) return null;
  return reason("groupMoved", { blobName: blob.blobName, plannedBlobName: write.blobName });
}
