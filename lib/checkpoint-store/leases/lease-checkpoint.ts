import type { BlockBlobClient, ContainerClient } from "@azure/storage-blob";
import { unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { lostRace, toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { throwIfAborted, timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import type { WriteResult } from "#lib/checkpoint-store/write-checkpoint.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { readBody } from "./read-body.ts";
import { type LeasePosition, rewriteLease } from "./rewrite-lease.ts";

export interface LeaseBlob {
  blobName: string;
  etag: string;
  updatedAt: EpochMs;
  text: string;
  metadata: Record<string, string>;
  headers: Record<string, string>;
  leased: boolean;
}

const limitMs = 30_000;

/**
 * Reads a blob of a JSON layout with all that a rewrite must keep. Null when absent.
 * @throws AppError `invalidRequest` if it can't be rewritten; else as `toStorageError` says
 */
export async function readLeaseCheckpoint(
  container: ContainerClient,
  blobName: string,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<LeaseBlob | null> {
  const abortSignal = timeLimit(limitMs, options.abortSignal);
  try {
    throwIfAborted(abortSignal, "The reading");
    const answer = await container.getBlobClient(blobName).download(0, undefined, { abortSignal });
    if (answer.blobType !== "BlockBlob") throw unfit(blobName, "it is no block blob");
    const text = decoded(await readBody(answer.readableStreamBody));
    if (text === null) throw unfit(blobName, "its content is too large, or no text");
    return {
      blobName,
      etag: unquoted(answer.etag ?? ""),
      updatedAt: answer.lastModified?.getTime() ?? 0,
      text,
      metadata: answer.metadata ?? {},
      headers: headersOf(answer),
      leased: answer.leaseState === "leased" || answer.leaseState === "breaking",
    };
  } catch (cause) {
    const error = toStorageError(cause, `Reading the checkpoint ${quoted(blobName, 300)}`);
    if (error.code === "notFound") return null;
    throw error;
  }
}

/**
 * Writes another position into a blob of a JSON layout if it is unchanged and not leased. Keeps its metadata
 * and unknown fields.
 * @throws AppError as `writeCheckpoint` does; after a time-out nobody knows if it was written
 */
export async function writeLeaseCheckpoint(
  container: ContainerClient,
  blob: LeaseBlob,
  format: CheckpointFormat,
  position: LeasePosition,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<WriteResult> {
  const rewritten = rewriteLease(blob.text, format, position);
  if (typeof rewritten !== "string") throw unfit(blob.blobName, rewritten.fault);
  if (!/^[^"*\s]+$/.test(blob.etag)) throw unfit(blob.blobName, "the etag is not one");
  if (blob.leased) return { result: "conflict", reason: "the blob is leased" };
  const client = container.getBlockBlobClient(blob.blobName);
  const abortSignal = timeLimit(limitMs, options.abortSignal);
  try {
    throwIfAborted(abortSignal, "The write");
    return await put(client, rewritten, blob, abortSignal);
  } catch (cause) {
    const reason = lostRace(cause, true);
    if (reason !== null) return { result: "conflict", reason };
    throw toStorageError(cause, `Writing the checkpoint ${quoted(blob.blobName, 300)}`);
  }
}

async function put(
  client: BlockBlobClient,
  text: string,
  { etag, metadata, headers }: LeaseBlob,
  abortSignal: AbortSignal,
): Promise<WriteResult> {
  const bytes = Buffer.from(text);
  const answer = await client.upload(bytes, bytes.length, {
    abortSignal,
    metadata,
    blobHTTPHeaders: headers,
    conditions: { ifMatch: etag },
  });
  const updatedAt = answer.lastModified?.getTime() ?? answer.date?.getTime() ?? Date.now();
  return { result: "written", etag: unquoted(answer.etag ?? ""), updatedAt };
}

/** Null when it is not UTF-8, which could not be restored exactly. Keeps a byte-order mark. */
function decoded(bytes: Uint8Array | null): string | null {
  try {
    return bytes === null ? null : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function headersOf(answer: {
  contentType?: string | undefined;
  contentEncoding?: string | undefined;
  contentLanguage?: string | undefined;
  contentDisposition?: string | undefined;
  cacheControl?: string | undefined;
}): Record<string, string> {
  // Listings give an empty text for what a blob lacks.
  return {
    ...(answer.contentType && { blobContentType: answer.contentType }),
    ...(answer.contentEncoding && { blobContentEncoding: answer.contentEncoding }),
    ...(answer.contentLanguage && { blobContentLanguage: answer.contentLanguage }),
    ...(answer.contentDisposition && { blobContentDisposition: answer.contentDisposition }),
    ...(answer.cacheControl && { blobCacheControl: answer.cacheControl }),
  };
}

function unfit(blobName: string, why: string): AppError {
  return new AppError("invalidRequest", `The checkpoint ${quoted(blobName, 300)} was left as it is: ${why}.`);
}
