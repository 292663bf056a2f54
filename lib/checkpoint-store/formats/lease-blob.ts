import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import type { CheckpointFormat, StoredOwnership } from "#lib/core/stored-blobs.ts";
import { bounded, longestText, quoted } from "../text.ts";
import type { BlobAddress, BlobContent } from "./format.ts";
import type { LeaseBody } from "./lease-body.ts";

/**
 * A blob of the older layouts: its JSON holds checkpoint and owner, its blob lease tells if the owner lives.
 * If one part is broken, the other still counts.
 */
export function readLeaseBlob(
  format: CheckpointFormat,
  blob: ListedBlob,
  { consumerGroup, partitionId }: BlobAddress,
  body: LeaseBody,
): BlobContent[] {
  const isOther = body.partitionId !== null && body.partitionId !== partitionId;
  const fault =
    body.fault ?? (isOther ? `its content is of partition ${quoted(body.partitionId ?? "")}` : null);
  return [
    {
      kind: "checkpoint",
      consumerGroup,
      checkpoint: {
        partitionId,
        blobName: blob.name,
        etag: blob.etag,
        updatedAt: blob.updatedAt,
        sizeBytes: blob.size,
        format,
        sequenceNumber: fault === null ? body.sequenceNumber : null,
        offset: body.offset,
        writtenBy: null,
        unreadable: fault,
      },
    },
    { kind: "ownership", consumerGroup, ownership: ownershipOf(blob, partitionId, body) },
  ];
}

function ownershipOf(blob: ListedBlob, partitionId: string, body: LeaseBody): StoredOwnership {
  const named = body.owner || (blob.metadata.get("owninghost")?.trim() ?? "");
  return {
    partitionId,
    blobName: blob.name,
    etag: blob.etag,
    lastRenewedAt: blob.updatedAt,
    sizeBytes: blob.size,
    // Leased by somebody unnamed, which is not released.
    ownerId: named === "" && blob.leased ? null : bounded(named),
    leased: blob.leased,
  };
}

/**
 * The partition id in an older layout's name. Only digits were ever written; accepting more would take
 * foreign blobs for checkpoints.
 */
export function isOldPartitionId(text: string | undefined): text is string {
  return text !== undefined && /^(0|[1-9]\d{0,4})$/.test(text);
}

export function isGroupName(text: string | undefined): text is string {
  return text !== undefined && text !== "" && text.length <= longestText;
}
