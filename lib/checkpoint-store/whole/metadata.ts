import type { ContainerClient } from "@azure/storage-blob";
import { unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { lostRace, toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { throwIfAborted, timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import type { WriteCondition, WriteResult } from "#lib/checkpoint-store/write-checkpoint.ts";

const limitMs = 30_000;

/**
 * A blob's metadata with their keys as they are spelled: headers lower-case them, and Azurite leaves empty values
 * out of headers, so they are read from a listing. Null: the blob is not there, or not the one of this etag.
 * @throws AppError as `toStorageError` says
 */
export async function readMetadata(
  container: ContainerClient,
  blobName: string,
  etag: string,
): Promise<Record<string, string> | null> {
  const abortSignal = timeLimit(limitMs);
  try {
    const pages = container.listBlobsFlat({ prefix: blobName, includeMetadata: true, abortSignal });
    for await (const { name, metadata = {}, properties } of pages) {
      // A name sorts before all that it begins.
      if (name !== blobName || unquoted(properties.etag) !== etag) return null;
      return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
    }
    return null;
  } catch (cause) {
    throw toStorageError(cause, `Reading the blob ${quoted(blobName, 300)}`);
  }
}

/**
 * Gives an empty blob exactly these metadata, if it is still what was seen; makes it where there is none.
 * @throws AppError as `toStorageError` says. After a time-out it is not known whether it was written.
 */
export async function writeMetadata(
  container: ContainerClient,
  blobName: string,
  metadata: Record<string, string>,
  condition: WriteCondition,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<WriteResult> {
  const blob = container.getBlockBlobClient(blobName);
  const abortSignal = timeLimit(limitMs, options.abortSignal);
  try {
    throwIfAborted(abortSignal, "The write");
    const answer =
      "ifMatch" in condition
        ? await blob.setMetadata(metadata, { abortSignal, conditions: condition })
        : await blob.upload("", 0, { abortSignal, metadata, conditions: condition });
    const updatedAt = answer.lastModified?.getTime() ?? answer.date?.getTime() ?? Date.now();
    return { result: "written", etag: unquoted(answer.etag ?? ""), updatedAt };
  } catch (cause) {
    const reason = lostRace(cause);
    if (reason !== null) return { result: "conflict", reason };
    throw toStorageError(cause, `Writing the blob ${quoted(blobName, 300)}`);
  }
}
