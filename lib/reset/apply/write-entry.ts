import type { ContainerClient } from "@azure/storage-blob";
import { writeLeaseCheckpoint } from "#lib/checkpoint-store/leases/lease-checkpoint.ts";
import { writeCheckpoint } from "#lib/checkpoint-store/write-checkpoint.ts";
import { AppError } from "#lib/core/app-error.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import type { WrittenCheckpoint } from "#lib/history/resets/reset-record.ts";
import type { NotedWrite } from "./blob-decides.ts";

/** No write is under way for longer: who takes a reset over waits for as long before it trusts an unmoved blob. */
export const longestWriteMs = 5_000;

export type WriteAnswer =
  | { answer: "written"; written: WrittenCheckpoint }
  /** Somebody else was quicker; `condition` did not hold, as a part of a sentence. */
  | { answer: "refused"; condition: string }
  /** A fault: whether it was written is not known, except where `wasRefused` says so. */
  | { answer: "lost"; error: AppError };

/** One conditional write. @param container one that tries once, so that a refusal is one */
export async function writeEntry(container: ContainerClient, noted: NotedWrite): Promise<WriteAnswer> {
  const { write, resetId } = noted;
  const { sequenceNumber, offset } = write;
  try {
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

function writeOnce(
  container: ContainerClient,
  { write, before }: NotedWrite,
  checkpoint: Parameters<typeof writeCheckpoint>[1],
) {
  const abortSignal = AbortSignal.timeout(longestWriteMs);
  const { format, etag } = write;
  if (format === "common") {
    const condition = etag === null ? { ifNoneMatch: "*" as const } : { ifMatch: etag };
    return writeCheckpoint(container, checkpoint, condition, { abortSignal });
  }
  if (before?.body == null) {
    const message = `The checkpoint ${write.blobName} is of a layout that is never made anew; nothing was written.`;
    throw new AppError("invalidRequest", message);
  }
  const { blobName, updatedAt, metadata, body, headers } = before;
  const lease = { blobName, etag: before.etag, updatedAt, text: body, metadata, headers, leased: false };
  return writeLeaseCheckpoint(container, lease, format, checkpoint, { abortSignal });
}
