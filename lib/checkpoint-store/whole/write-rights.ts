import type { ContainerClient } from "@azure/storage-blob";
import { lostRace, toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import type { AppError } from "#lib/core/app-error.ts";

export interface LackingRights {
  write: AppError | null;
  delete: AppError | null;
}

/**
 * No blob has this etag: the service looks at the rights first and then refuses the condition, so nothing
 * changes.
 */
const noEtag = '"0x0"';
const limitMs = 10_000;

/**
 * Asks what the identity may do to a blob, without doing it. The blob need not exist. Null: it may be done,
 * or it can't be told.
 */
export async function lackingRights(
  container: ContainerClient,
  blobName: string,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<LackingRights> {
  const blob = container.getBlobClient(blobName);
  const asked = { abortSignal: timeLimit(limitMs, options.abortSignal), conditions: { ifMatch: noEtag } };
  const [write, deletion] = await Promise.all([
    refusal(blob.setMetadata({}, asked), `Writing ${quoted(blobName, 300)}`),
    refusal(blob.delete(asked), `Deleting ${quoted(blobName, 300)}`),
  ]);
  return { write, delete: deletion };
}

async function refusal(call: Promise<unknown>, what: string): Promise<AppError | null> {
  try {
    await call;
    return null;
  } catch (cause) {
    if (lostRace(cause) !== null) return null;
    const error = toStorageError(cause, what);
    return error.code === "azureUnauthorized" ? error : null;
  }
}
