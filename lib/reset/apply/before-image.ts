import type { ContainerClient } from "@azure/storage-blob";
import { parseGoLease, parseHostLease } from "#lib/checkpoint-store/formats/lease-body.ts";
import { readLeaseCheckpoint } from "#lib/checkpoint-store/leases/lease-checkpoint.ts";
import { positionIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { readWholeBlob } from "#lib/checkpoint-store/whole/whole-blob.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { BeforeImage, EntryRecord } from "#lib/history/resets/reset-record.ts";

/**
 * Returns the whole content of a blob that is about to be written, null without a blob, and the partition's last owner.
 * @throws AppError when the blob can't be read, or has changed since it was listed
 */
export async function replaced(
  container: ContainerClient,
  { format, etag, source, act, undoesMove, cleans }: PlannedWrite,
  { blob, lastOwnerId }: { blob: ListedBlob | null; lastOwnerId: string | null },
): Promise<Pick<EntryRecord, "before" | "lastOwnerId">> {
  if (blob === null) return { before: null, lastOwnerId };
  const { name: blobName, updatedAt } = blob;
  const isExact =
    cleans !== undefined ||
    (format === "common" && (source !== undefined || undoesMove === true || act !== undefined));
  if (isExact) {
    // All but a deletion keeps a blob's tags.
    const withTags = cleans !== undefined && act === "remove";
    return { before: await wholeImage(container, format, blob, withTags), lastOwnerId };
  }
  if (format === "common") {
    const { sequenceNumber, offset } = positionIn(blob);
    const metadata = Object.fromEntries(blob.metadata);
    const standing = { blobName, format, etag: blob.etag, updatedAt, sequenceNumber, offset };
    return { before: { ...standing, metadata, headers: {}, body: null }, lastOwnerId };
  }
  const lease = await readLeaseCheckpoint(container, blobName);
  if (lease === null || lease.etag !== etag || lease.leased) {
    throw changed();
  }
  const parse = format === "go3" || format === "dapr" ? parseGoLease : parseHostLease;
  const { sequenceNumber, offset, owner } = parse(lease.text);
  const { etag: leaseEtag, updatedAt: leaseUpdatedAt, metadata, headers, text: body } = lease;
  const standing = { blobName, format, etag: leaseEtag, updatedAt: leaseUpdatedAt, sequenceNumber, offset };
  return { before: { ...standing, metadata, headers, body }, lastOwnerId: owner || null };
}

async function wholeImage(
  container: ContainerClient,
  format: BeforeImage["format"],
  blob: ListedBlob,
  withTags: boolean,
): Promise<BeforeImage> {
  const { name: blobName, etag, updatedAt } = blob;
  const whole = await readWholeBlob(container, blobName, etag, { withTags });
  if (whole === null) throw changed();
  const { sequenceNumber, offset } = positionIn(blob);
  return { blobName, format, etag, updatedAt, sequenceNumber, offset, ...whole, body: null };
}

function changed(): AppError {
  return new AppError(
    "conflict",
    "The blob has changed, or was leased, since it was listed a moment before.",
  );
}
