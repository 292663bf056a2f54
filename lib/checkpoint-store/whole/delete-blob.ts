import type { ContainerClient } from "@azure/storage-blob";
import { lostRace, toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { throwIfAborted, timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** `deletedAt`: by the service's clock. */
export type DeleteResult = { result: "deleted"; deletedAt: EpochMs } | { result: "conflict"; reason: string };

const limitMs = 30_000;

/**
 * Deletes a blob if it still has this etag. Store its content before.
 * @throws AppError `invalidRequest` for an etag that would match anything; else as `toStorageError` says.
 * After a time-out nobody knows if it was deleted.
 */
export async function deleteBlob(
  container: ContainerClient,
  blobName: string,
  etag: string,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<DeleteResult> {
  if (!/^"?[^"*\s]+"?$/.test(etag))
    throw new AppError("invalidRequest", `The blob ${quoted(blobName, 300)} was not deleted: no etag.`);
  const abortSignal = timeLimit(limitMs, options.abortSignal);
  try {
    throwIfAborted(abortSignal, "The deletion");
    const conditions = { ifMatch: etag };
    const { date } = await container.getBlobClient(blobName).delete({ abortSignal, conditions });
    return { result: "deleted", deletedAt: date?.getTime() ?? Date.now() };
  } catch (cause) {
    const reason = lostRace(cause, true);
    if (reason !== null) return { result: "conflict", reason };
    throw toStorageError(cause, `Deleting the blob ${quoted(blobName, 300)}`);
  }
}
