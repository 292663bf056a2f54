import type { ContainerClient } from "@azure/storage-blob";
import { unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import type { WriteCondition, WriteResult } from "#lib/checkpoint-store/write-checkpoint.ts";
import { conditionalWrite } from "./conditional-write.ts";

const limitMs = 30_000;

/**
 * Returns a blob's metadata with their original keys. Uses a listing: headers lower-case keys, and Azurite
 * drops empty values from them. Null when the blob is gone or has another etag.
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
      // A name sorts before the longer names that begin with it.
      if (name !== blobName || unquoted(properties.etag) !== etag) return null;
      return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
    }
    return null;
  } catch (cause) {
    throw toStorageError(cause, `Reading the blob ${quoted(blobName, 300)}`);
  }
}

/**
 * Gives an empty blob exactly these metadata if it is unchanged, or creates it.
 * @throws AppError as `toStorageError` says. After a time-out nobody knows if it was written.
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
  return conditionalWrite(blobName, abortSignal, () =>
    "ifMatch" in condition
      ? blob.setMetadata(metadata, { abortSignal, conditions: condition })
      : blob.upload("", 0, { abortSignal, metadata, conditions: condition }),
  );
}
