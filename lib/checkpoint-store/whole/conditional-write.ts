import { unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { lostRace, toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { throwIfAborted } from "#lib/checkpoint-store/time-limit.ts";
import type { WriteResult } from "#lib/checkpoint-store/write-checkpoint.ts";

interface Answer {
  etag?: string;
  lastModified?: Date;
  date?: Date;
}

/** @throws AppError as `toStorageError` says */
export async function conditionalWrite(
  blobName: string,
  abortSignal: AbortSignal,
  write: () => Promise<Answer>,
): Promise<WriteResult> {
  try {
    throwIfAborted(abortSignal, "The write");
    const answer = await write();
    const updatedAt = answer.lastModified?.getTime() ?? answer.date?.getTime() ?? Date.now();
    return { result: "written", etag: unquoted(answer.etag ?? ""), updatedAt };
  } catch (cause) {
    const reason = lostRace(cause);
    if (reason !== null) return { result: "conflict", reason };
    throw toStorageError(cause, `Writing the blob ${quoted(blobName, 300)}`);
  }
}
