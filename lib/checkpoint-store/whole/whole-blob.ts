import type { ContainerClient } from "@azure/storage-blob";
import { headersOf } from "#lib/checkpoint-store/leases/lease-checkpoint.ts";
import { readBody } from "#lib/checkpoint-store/leases/read-body.ts";
import { unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { throwIfAborted, timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import type { WriteResult } from "#lib/checkpoint-store/write-checkpoint.ts";
import { AppError } from "#lib/core/app-error.ts";
import { conditionalWrite } from "./conditional-write.ts";
import { readMetadata } from "./metadata.ts";

export interface WholeBlob {
  metadata: Record<string, string>;
  base64: string;
  headers: Record<string, string>;
}

const limitMs = 30_000;

/**
 * Reads a whole blob. Null when it is gone or has another etag.
 * @throws AppError `invalidRequest` if it could not be restored (no block blob, or too large); else as
 * `toStorageError` says
 */
export async function readWholeBlob(
  container: ContainerClient,
  blobName: string,
  etag: string,
): Promise<WholeBlob | null> {
  const abortSignal = timeLimit(limitMs, undefined);
  try {
    throwIfAborted(abortSignal, "The reading");
    const answer = await container.getBlobClient(blobName).download(0, undefined, { abortSignal });
    if (unquoted(answer.etag ?? "") !== etag) return null;
    if (answer.blobType !== "BlockBlob") throw unfit(blobName, "it is no block blob");
    const bytes = await readBody(answer.readableStreamBody);
    if (bytes === null) throw unfit(blobName, "its content is too large to be stored beforehand");
    const metadata = await readMetadata(container, blobName, etag);
    if (metadata === null) return null;
    return { metadata, base64: Buffer.from(bytes).toString("base64"), headers: headersOf(answer) };
  } catch (cause) {
    const error = toStorageError(cause, `Reading the blob ${quoted(blobName, 300)}`);
    if (error.code === "notFound") return null;
    throw error;
  }
}

/**
 * Creates a blob as it was, if there is none.
 * @throws AppError as `toStorageError` says. After a time-out nobody knows if it was made.
 */
export async function makeWholeBlob(
  container: ContainerClient,
  blobName: string,
  { metadata, base64, headers }: WholeBlob,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<WriteResult> {
  const bytes = Buffer.from(base64, "base64");
  const abortSignal = timeLimit(limitMs, options.abortSignal);
  return conditionalWrite(blobName, abortSignal, () =>
    container.getBlockBlobClient(blobName).upload(bytes, bytes.length, {
      abortSignal,
      metadata,
      blobHTTPHeaders: headers,
      conditions: { ifNoneMatch: "*" },
    }),
  );
}

function unfit(blobName: string, why: string): AppError {
  return new AppError("invalidRequest", `The blob ${quoted(blobName, 300)} was left as it is: ${why}.`);
}
