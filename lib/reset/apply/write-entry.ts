import { isDeepStrictEqual } from "node:util";
import type { ContainerClient } from "@azure/storage-blob";
import { writeLeaseCheckpoint } from "#lib/checkpoint-store/leases/lease-checkpoint.ts";
import { deleteBlob } from "#lib/checkpoint-store/whole/delete-blob.ts";
import { writeMetadata } from "#lib/checkpoint-store/whole/metadata.ts";
import { makeWholeBlob } from "#lib/checkpoint-store/whole/whole-blob.ts";
import { writeCheckpoint } from "#lib/checkpoint-store/write-checkpoint.ts";
import { AppError } from "#lib/core/app-error.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { BlobContent, PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { BeforeImage, WrittenCheckpoint } from "#lib/history/resets/reset-record.ts";
import { releasedMetadata } from "../cleanup/released.ts";
import type { NotedWrite } from "./blob-decides.ts";

/** Time limit of a write. Whoever takes a reset over waits this long before it trusts an unchanged blob. */
export const longestWriteMs = 5_000;

/**
 * `written` null: the blob was deleted, at `deletedAt`. `refused`: somebody else was quicker; `condition` is a part of a
 * sentence that names what did not hold. `lost`: the write failed, and its result is unknown unless
 * `wasRefused`.
 */
export type WriteAnswer =
  | { answer: "written"; written: WrittenCheckpoint | null; deletedAt?: EpochMs }
  | { answer: "refused"; condition: string }
  | { answer: "lost"; error: AppError };

/** Makes one conditional write. @param container tries once, so that a refusal is a real one */
export async function writeEntry(container: ContainerClient, noted: NotedWrite): Promise<WriteAnswer> {
  const { write, resetId } = noted;
  const { sequenceNumber, offset } = write;
  try {
    if (write.act === "remove") return await removeOnce(container, write);
    const answer = await writeOnce(container, noted, {
      blobName: write.blobName,
      sequenceNumber,
      offset,
      clientIdentifier: ownIdentifier(resetId, write.partitionId),
    });
    if (answer.result === "conflict") return { answer: "refused", condition: answer.reason };
    const { etag, updatedAt } = answer;
    return { answer: "written", written: { etag, updatedAt, sequenceNumber, offset } };
  } catch (error) {
    if (error instanceof AppError) return { answer: "lost", error };
    throw error;
  }
}

async function removeOnce(
  container: ContainerClient,
  { blobName, etag }: PlannedWrite,
): Promise<WriteAnswer> {
  const abortSignal = AbortSignal.timeout(longestWriteMs);
  const answer = await deleteBlob(container, blobName, etag ?? "", { abortSignal });
  if (answer.result === "conflict") return { answer: "refused", condition: answer.reason };
  return { answer: "written", written: null, deletedAt: answer.deletedAt };
}

function writeOnce(
  container: ContainerClient,
  { write, before }: NotedWrite,
  checkpoint: Parameters<typeof writeCheckpoint>[1],
) {
  const abortSignal = AbortSignal.timeout(longestWriteMs);
  const { format, etag, act, metadata = {}, content } = write;
  const condition = etag === null ? { ifNoneMatch: "*" as const } : { ifMatch: etag };
  if (act === "restore" && content !== undefined && !holdsContent(before, content))
    return makeWholeBlob(container, write.blobName, { metadata, ...content }, condition, { abortSignal });
  if (act === "restore" || act === "release") {
    const wanted = act === "release" ? releasedMetadata : metadata;
    return writeMetadata(container, write.blobName, wanted, condition, { abortSignal });
  }
  if (format === "common") {
    return writeCheckpoint(container, checkpoint, condition, { abortSignal });
  }
  if (before?.body == null) {
    const message = `The checkpoint ${write.blobName} is of a layout that is never made anew; nothing was written.`;
    throw new AppError("invalidRequest", message);
  }
  const { blobName, updatedAt, body, headers } = before;
  const kept = { metadata: before.metadata, headers, leased: false };
  const lease = { blobName, etag: before.etag, updatedAt, text: body, ...kept };
  return writeLeaseCheckpoint(container, lease, format, checkpoint, { abortSignal });
}

/** Metadata alone are enough then, and leave the blob's index tags and access tier alone. */
function holdsContent(standing: BeforeImage | null, { base64, headers }: BlobContent): boolean {
  return standing?.base64 === base64 && isDeepStrictEqual(standing.headers, headers);
}
