import { partitionBlobName } from "#lib/checkpoint-store/blob-names.ts";
import { readLeaseCheckpoint } from "#lib/checkpoint-store/lease-checkpoint.ts";
import { rewriteLease } from "#lib/checkpoint-store/rewrite-lease.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { StoredCheckpoint, StoredGroup } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { PlannedWrite, PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetPlace } from "../place.ts";

type Blob = Pick<PlannedWrite, "blobName" | "format" | "etag">;

/** The blob that a partition's reset writes, or why there can be none. */
export type CheckpointBlob = { blob: Blob; blockedBy: null } | { blob: null; blockedBy: string };

/**
 * The checkpoint that counts, where there is one; else a new one of the common layout beside the group's others,
 * spelled as the newest of them (facts section 1: SDKs differ in casing), or lower-cased where there is none.
 */
export function checkpointBlob(
  partitionId: string,
  checkpoint: StoredCheckpoint | null,
  group: StoredGroup | null,
  place: ResetPlace,
): CheckpointBlob {
  if (checkpoint !== null) {
    const { blobName, format, etag } = checkpoint;
    return { blob: { blobName, format, etag }, blockedBy: null };
  }
  const blobName = newBlobName(partitionId, group, place);
  if (blobName !== null) return { blob: { blobName, format: "common", etag: null }, blockedBy: null };
  return {
    blob: null,
    blockedBy:
      "There is no checkpoint yet, and in this group's layout only its processors can make one: start them once, then stop them and preview again.",
  };
}

function newBlobName(partitionId: string, group: StoredGroup | null, place: ResetPlace): string | null {
  const tree = group === null ? null : liveTree(group);
  if (tree !== null) return `${tree}checkpoint/${partitionId}`;
  const isOtherwise = group?.formats.some((format) => format !== "common") ?? false;
  if (isOtherwise || place.commonPrefix === null) return null;
  const { fullyQualifiedNamespace, eventHubName, group: consumerGroup } = place;
  const address = { fullyQualifiedNamespace, eventHubName, consumerGroup };
  return place.commonPrefix + partitionBlobName(address, "checkpoint", partitionId);
}

/** The folder of the newest blob of the common layout, ending in a slash. */
function liveTree({ checkpoints, superseded, ownerships }: StoredGroup): string | null {
  let newest: { at: EpochMs; blobName: string } | null = null;
  const consider = (blobName: string, at: EpochMs) => {
    if (newest === null || at > newest.at) newest = { at, blobName };
  };
  for (const { format, blobName, updatedAt } of [...checkpoints.values(), ...superseded]) {
    if (format === "common") consider(blobName, updatedAt);
  }
  for (const { leased, blobName, lastRenewedAt } of ownerships.values()) {
    if (leased === undefined) consider(blobName, lastRenewedAt);
  }
  const found = newest as { blobName: string } | null;
  return found === null ? null : found.blobName.split("/").slice(0, -2).join("/").concat("/");
}

/** Why the body of a JSON layout's blob that could not be read can't be written either; null: it can. */
export async function rewriteFault(
  place: Pick<ResetPlace, "container">,
  { blobName, format, sequenceNumber, offset }: PlanRecord["writes"][number],
  abortSignal: AbortSignal,
): Promise<string | null> {
  try {
    const blob = await readLeaseCheckpoint(place.container, blobName, { abortSignal });
    if (blob === null) return `The checkpoint ${blobName} is gone. Preview again.`;
    const rewritten = rewriteLease(blob.text, format, { sequenceNumber, offset });
    if (typeof rewritten === "string") return null;
    return `The checkpoint ${blobName} can't be rewritten: ${rewritten.fault}. Its own processors have to repair it.`;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
