import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { partitionBlobName } from "#lib/checkpoint-store/blob-names.ts";
import { readLeaseCheckpoint } from "#lib/checkpoint-store/leases/lease-checkpoint.ts";
import { rewriteLease } from "#lib/checkpoint-store/leases/rewrite-lease.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite, PlanRecord } from "#lib/history/resets/plan-record.ts";
import { type Guard, ownedTree, type Trees, treeOf } from "../group/live-tree.ts";
import type { ResetPlace } from "../group/place.ts";
import type { PartitionBlobs } from "./in-the-way.ts";

type Blob = Pick<PlannedWrite, "blobName" | "format" | "etag">;

/**
 * The blob that a partition's reset writes, or why it can write none. Without a `checkpoint` the reset
 * creates it.
 */
export type CheckpointBlob = {
  checkpoint: StoredCheckpoint | null;
  others: readonly StoredCheckpoint[];
} & ({ blob: Blob; blockedBy: null } | { blob: null; blockedBy: Reason });

type Found = Pick<PartitionBlobs, "checkpoint" | "others" | "ownerships">;

/**
 * Chooses the checkpoint in the tree that the group's processors read: SDKs differ in casing, and a processor reads
 * its own spelling alone (lib/reset/README.md#which-blob). Without one, names a new blob of the common layout beside
 * the group's newest blobs, or lower-cased if the group has none.
 */
export function checkpointBlob(
  partitionId: string,
  found: Found,
  trees: Trees,
  guard: Guard,
  place: Pick<ResetPlace, "fullyQualifiedNamespace" | "eventHubName" | "group" | "commonPrefix">,
): CheckpointBlob {
  const all = found.checkpoint === null ? [] : [found.checkpoint, ...found.others];
  const checkpoint = livingCheckpoint(found, trees, guard);
  const others = all.filter((one) => one !== checkpoint);
  if (checkpoint !== null) {
    const { blobName, format, etag } = checkpoint;
    return { blob: { blobName, format, etag }, checkpoint, others, blockedBy: null };
  }
  const blobName = newBlobName(partitionId, ownedTree(found.ownerships, guard) ?? trees.newest, trees, place);
  if (blobName !== null)
    return { blob: { blobName, format: "common", etag: null }, checkpoint, others, blockedBy: null };
  return { blob: null, checkpoint, others, blockedBy: reason("layoutNeedsProcessor") };
}

function livingCheckpoint({ checkpoint, others, ownerships }: Found, trees: Trees, guard: Guard) {
  if (checkpoint === null) return null;
  const owned = ownedTree(ownerships, guard);
  const tree = owned ?? trees.newest;
  if (tree === null || (owned === null && !isOutlived(checkpoint, trees))) return checkpoint;
  const there = [checkpoint, ...others].find(
    ({ format, blobName }) => format === "common" && treeOf(blobName) === tree,
  );
  // Azure Functions fall back to their older layout.
  return there ?? (checkpoint.format === "functions" ? checkpoint : null);
}

/** True when the group has worked in another tree or layout since it last wrote in the checkpoint's own. */
function isOutlived({ format, blobName }: StoredCheckpoint, trees: Trees): boolean {
  const newestAt = trees.newest === null ? 0 : (trees.writtenAt.get(trees.newest) ?? 0);
  if (newestAt <= (trees.othersWrittenAt ?? 0)) return false;
  return format !== "common" || newestAt > (trees.writtenAt.get(treeOf(blobName)) ?? 0);
}

function newBlobName(
  partitionId: string,
  tree: string | null,
  { formats }: Trees,
  {
    fullyQualifiedNamespace,
    eventHubName,
    group: consumerGroup,
    commonPrefix,
  }: Parameters<typeof checkpointBlob>[4],
): string | null {
  if (tree !== null) return `${tree}checkpoint/${partitionId}`;
  if (formats.some((format) => format !== "common") || commonPrefix === null) return null;
  const address = { fullyQualifiedNamespace, eventHubName, consumerGroup };
  return commonPrefix + partitionBlobName(address, "checkpoint", partitionId);
}

/** Says why the JSON body of an unreadable checkpoint can't be rewritten. Null when it can. */
export async function rewriteFault(
  place: Pick<ResetPlace, "container">,
  { blobName, format, sequenceNumber, offset }: PlanRecord["writes"][number],
  abortSignal: AbortSignal,
): Promise<Reason | null> {
  try {
    const blob = await readLeaseCheckpoint(place.container, blobName, { abortSignal });
    if (blob === null) return reason("checkpointGone", { blobName });
    const rewritten = rewriteLease(blob.text, format, { sequenceNumber, offset });
    if (typeof rewritten === "string") return null;
    return reason("checkpointNotRewritable", { blobName, fault: rewritten.fault });
  } catch (error) {
    if (error instanceof AppError) return failureOf(error);
    throw error;
  }
}
