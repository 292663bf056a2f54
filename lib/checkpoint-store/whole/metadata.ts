import type { ContainerClient } from "@azure/storage-blob";
import { timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import type { WriteCondition, WriteResult } from "#lib/checkpoint-store/write-checkpoint.ts";
import { conditionalWrite } from "./conditional-write.ts";

const limitMs = 30_000;

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
