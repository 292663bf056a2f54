import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import type { MisnamedBlob, StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import { isPartitionId } from "../blob-names.ts";
import { isMadeByReset } from "../hold-ownership.ts";
import { parseOffset, parseSequenceNumber } from "../position.ts";
import { bounded, longestText } from "../text.ts";
import type { BlobFormat } from "./format.ts";

const kinds = ["checkpoint", "ownership"] as const;

/**
 * The layout of every current SDK: empty blobs with metadata at
 * `{fullyQualifiedNamespace}/{eventHub}/{consumerGroup}/{ownership or checkpoint}/{partitionId}`.
 */
export const commonFormat: BlobFormat = {
  format: "common",

  roots: ({ fullyQualifiedNamespaces, eventHubName, onlyGroup }) =>
    fullyQualifiedNamespaces.map((namespace) => ({
      path: `${namespace}/${eventHubName}/${onlyGroup === undefined ? "" : `${onlyGroup}/`}`,
      exact: false,
    })),

  address(name, scope) {
    const [namespace, eventHub, consumerGroup, folder, ...rest] = name.split("/");
    if (!namespace || !eventHub || !consumerGroup || rest.length === 0) return null;
    if (!scope.fullyQualifiedNamespaces.includes(namespace.toLowerCase())) return null;
    if (eventHub.toLowerCase() !== scope.eventHubName) return null;
    if (consumerGroup.length > longestText) return null;
    const kind = kinds.find((each) => each === folder?.toLowerCase());
    if (kind === undefined) return null;
    const partitionId = rest.join("/");
    const address = { kind, consumerGroup, partitionId } as const;
    return isPartitionId(partitionId) ? address : { ...address, isMisnamed: true };
  },

  read(blob, { kind, consumerGroup, partitionId, isMisnamed }) {
    const checkpoint = kind === "checkpoint" ? checkpointOf(blob, partitionId) : null;
    const ownership = ownershipOf(blob, partitionId);
    if (isMisnamed) {
      const isWhole = checkpoint === null ? ownership.ownerId !== null : checkpoint.stopsGroup !== true;
      return isWhole ? [] : [{ kind: "misnamed", consumerGroup, blob: misnamed(blob, partitionId) }];
    }
    if (checkpoint !== null) return [{ kind: "checkpoint", consumerGroup, checkpoint }];
    // Left behind by a reset when no processor ever owned anything; counts as absent.
    if (ownership.ownerId === "" && ownership.isMadeByReset) return [];
    return [{ kind: "ownership", consumerGroup, ownership }];
  },
};

function misnamed({ name, etag, updatedAt, size }: ListedBlob, partitionId: string): MisnamedBlob {
  return { partitionId, blobName: name, etag, updatedAt, sizeBytes: size };
}

function checkpointOf(blob: ListedBlob, partitionId: string): StoredCheckpoint {
  const stored = blob.metadata.get("sequencenumber");
  const sequenceNumber = parseSequenceNumber(stored);
  const readable = typeof sequenceNumber === "number";
  const writtenBy = blob.metadata.get("clientidentifier")?.trim() ?? "";
  return {
    partitionId,
    blobName: blob.name,
    etag: blob.etag,
    updatedAt: blob.updatedAt,
    sizeBytes: blob.size,
    format: "common",
    sequenceNumber: readable ? sequenceNumber : null,
    offset: parseOffset(blob.metadata.get("offset")),
    writtenBy: writtenBy === "" ? null : bounded(writtenBy),
    unreadable: readable ? null : sequenceNumber.fault,
    stopsGroup: isBrokenCheckpoint(blob.metadata),
  };
}

/** The SDKs accept any text that begins with digits as a number. */
function isBrokenCheckpoint(metadata: ReadonlyMap<string, string>): boolean {
  return !metadata.has("offset") || Number.isNaN(Number.parseInt(metadata.get("sequencenumber") ?? "", 10));
}

/** True for a blob of this layout that stops every processor that lists its group, whatever its partition. */
export function stopsProcessors(blobName: string, metadata: Readonly<Record<string, string>>): boolean {
  const lowered = new Map(Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value]));
  const kind = blobName.split("/")[3]?.toLowerCase();
  return kind === "checkpoint" ? isBrokenCheckpoint(lowered) : !lowered.has("ownerid");
}

function ownershipOf(blob: ListedBlob, partitionId: string): StoredOwnership {
  const ownerId = blob.metadata.get("ownerid")?.trim();
  return {
    partitionId,
    blobName: blob.name,
    etag: blob.etag,
    lastRenewedAt: blob.updatedAt,
    sizeBytes: blob.size,
    ownerId: ownerId === undefined ? null : bounded(ownerId),
    ...(isMadeByReset(blob.metadata) && { isMadeByReset: true }),
  };
}
