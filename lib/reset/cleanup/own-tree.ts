import type { CleanupKind } from "#lib/api/plans/cleanups.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import { treeOf } from "../group/live-tree.ts";

/**
 * The ownerships whose owner would be in the way of cleaning a blob up: every one of its partition, and of a broken
 * checkpoint of a partition that stands every one of the group. What a move left behind is read by the processors of
 * its own tree alone, and those of the new one may run.
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
  return ownerships.filter((each) => each.leased !== undefined || treeOf(each.blobName) === treeOf(blobName));
}
