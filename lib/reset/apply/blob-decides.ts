import type { ContainerClient } from "@azure/storage-blob";
import { readLeaseCheckpoint } from "#lib/checkpoint-store/leases/lease-checkpoint.ts";
import { rewriteLease } from "#lib/checkpoint-store/leases/rewrite-lease.ts";
import { type GroupListing, positionIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { isOwnWrite, ownIdentifier } from "#lib/core/own-writes.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { BeforeImage, EntryRecord, WrittenCheckpoint } from "#lib/history/resets/reset-record.ts";
import { releasedMetadata } from "../cleanup/released.ts";

/** A write that is recorded as `writing`, with what it replaces. */
export interface NotedWrite extends Pick<EntryRecord, "before"> {
  resetId: string;
  write: PlannedWrite;
}

/**
 * What a blob tells about a write that got no answer. `ours` with `written` null: the write was a deletion,
 * and the blob is gone. `foreign`: somebody else or another reset wrote it; `what`: its sequence number, if
 * it has one.
 */
export type Finding =
  | { found: "ours"; written: WrittenCheckpoint | null }
  | { found: "unmoved" }
  | { found: "foreign"; what: number | "unreadable" | "other"; isReset: boolean }
  | { found: "gone" };

/**
 * Looks at the blob (lib/reset/README.md#what-an-answer-means). A write is ours if our values stand under our
 * identifier (common layout), or if the body is exactly the one that we would write (JSON layouts).
 * @throws AppError when a body can't be read
 */
export async function findWrite(
  container: ContainerClient,
  { resetId, write, before }: NotedWrite,
  listing: GroupListing,
): Promise<Finding> {
  const { blobName, sequenceNumber, offset, format } = write;
  const blob = listing.blobs.get(blobName);
  if (write.act === "remove" && blob === undefined) return { found: "ours", written: null };
  if (blob === undefined) return { found: write.etag === null ? "unmoved" : "gone" };
  if (blob.etag === write.etag) return { found: "unmoved" };
  if (write.act === "restore" || write.act === "release") return findExact(write, blob);
  if (format !== "common") return findBody(container, write, before);
  const standing = positionIn(blob);
  if (write.act === undefined && isSigned(resetId, write, standing))
    return { found: "ours", written: { etag: blob.etag, updatedAt: blob.updatedAt, sequenceNumber, offset } };
  const isReset = isOwnWrite(standing.clientIdentifier);
  return { found: "foreign", what: standing.sequenceNumber ?? "unreadable", isReset };
}

function isSigned(
  resetId: string,
  { partitionId, sequenceNumber, offset }: PlannedWrite,
  standing: ReturnType<typeof positionIn>,
): boolean {
  return (
    standing.clientIdentifier === ownIdentifier(resetId, partitionId) &&
    standing.sequenceNumber === sequenceNumber &&
    standing.offset === offset
  );
}

/** Takes identical content for ours: whoever wrote it, the result is the same. */
function findExact({ act, metadata = {}, sequenceNumber, offset }: PlannedWrite, blob: ListedBlob): Finding {
  const { etag, updatedAt } = blob;
  const isOurs = holdsAll(blob, act === "release" ? releasedMetadata : metadata);
  if (isOurs) return { found: "ours", written: { etag, updatedAt, sequenceNumber, offset } };
  return { found: "foreign", what: "other", isReset: false };
}

function holdsAll({ metadata }: ListedBlob, wanted: Record<string, string>): boolean {
  const keys = Object.keys(wanted);
  return (
    keys.length === metadata.size && keys.every((key) => metadata.get(key.toLowerCase()) === wanted[key])
  );
}

async function findBody(
  container: ContainerClient,
  { blobName, etag, format, sequenceNumber, offset }: PlannedWrite,
  before: BeforeImage | null,
): Promise<Finding> {
  const blob = await readLeaseCheckpoint(container, blobName);
  if (blob === null) return { found: "gone" };
  if (blob.etag === etag) return { found: "unmoved" };
  const ours = before?.body == null ? null : rewriteLease(before.body, format, { sequenceNumber, offset });
  if (blob.text !== ours) return { found: "foreign", what: "other", isReset: false };
  return { found: "ours", written: { etag: blob.etag, updatedAt: blob.updatedAt, sequenceNumber, offset } };
}
