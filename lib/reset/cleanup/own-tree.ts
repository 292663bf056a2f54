import type { CleanupKind } from "#lib/api/plans/cleanups.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import { treeOf } from "../group/live-tree.ts";

/**
 * Returns the ownerships that block cleaning a blob up: all of its partition, or all of the group for a
 * broken checkpoint of an existing partition. Only processors of its own tree read what a move left, so those
 * of the new tree may run. One at work on any partition of its own tree may take this one in its next round.
 */
export function ownersOf(
  blob: { blobName: string; format: string; partitionId: string; why: CleanupKind },
  all: ReadonlyMap<string, readonly StoredOwnership[]>,
): StoredOwnership[] {
  const { blobName, format, partitionId, why } = blob;
  if (why === "brokenCheckpoint") return [...all.values()].flat();
  const ownerships = all.get(partitionId) ?? [];
  if (why !== "leftBehind") return [...ownerships];
  if (format !== "common") return ownerships.filter((each) => each.blobName === blobName);
  return [...all.values()]
    .flat()
    .filter(
      (each) =>
        treeOf(each.blobName) === treeOf(blobName) ||
        (each.leased !== undefined && each.partitionId === partitionId),
    );
}
