import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { type Guard, treesOf } from "../group/live-tree.ts";
import type { ResetPlace } from "../group/place.ts";
import { type CheckpointBlob, checkpointBlob } from "../plan/checkpoint-blob.ts";
import { blobsIn, byPartition } from "../plan/group-blobs.ts";

/**
 * What was made, moved or left behind between the preview and now: by partition why a plan's write must not be made.
 * The written blob's own etag is not looked at here: every look before a write does that.
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
    // A plan that does not say what others there were was for the only one, if there was none to be written.
    if (write.rivals === undefined && write.etag !== null) continue;
    const known = write.rivals?.find((rival) => rival.blobName === blobName);
    if (known === undefined) return reason("rivalAppeared", { blobName });
    if (known.etag !== etag) return reason("rivalWritten", { blobName });
  }
  // A move, and its undo, say themselves which blob is meant.
  const isMeant = write.source !== undefined || write.act !== undefined;
  if (isMeant || blob === null || blob.blobName === write.blobName) return null;
  return reason("groupMoved", { blobName: blob.blobName, plannedBlobName: write.blobName });
}
