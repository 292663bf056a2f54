import type { BlobItem, ContainerClient } from "@azure/storage-blob";
import { headersOf } from "#lib/checkpoint-store/leases/lease-checkpoint.ts";
import { mostBodyBytes, readBody } from "#lib/checkpoint-store/leases/read-body.ts";
import { unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { lostRace, toStorageError, wasRefused } from "#lib/checkpoint-store/storage-error.ts";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { throwIfAborted, timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import type { WriteCondition, WriteResult } from "#lib/checkpoint-store/write-checkpoint.ts";
import { AppError } from "#lib/core/app-error.ts";
import { conditionalWrite } from "./conditional-write.ts";

const tiers = ["Hot", "Cool", "Cold", "Archive"] as const;

/**
 * `metadata` with their original keys. `tier` absent: the account's default. `tags`: index tags; null: they can't be
 * read; absent: they were not asked for.
 */
export interface WholeBlob {
  metadata: Record<string, string>;
  base64: string;
  headers: Record<string, string>;
  tier?: (typeof tiers)[number];
  tags?: Record<string, string> | null;
}

const limitMs = 30_000;

/**
 * Reads a whole blob: by a listing, since headers lower-case the keys of metadata and Azurite drops empty values from
 * them, and by a download if it has content. Null when it is gone or has another etag.
 * @throws AppError `invalidRequest` if it could not be restored (no block blob, or too large); else as
 * `toStorageError` says
 */
export async function readWholeBlob(
  container: ContainerClient,
  blobName: string,
  etag: string,
  { withTags = false }: { withTags?: boolean } = {},
): Promise<WholeBlob | null> {
  const abortSignal = timeLimit(limitMs, undefined);
  try {
    throwIfAborted(abortSignal, "The reading");
    const { item, tags } = withTags
      ? await listTagged(container, blobName, abortSignal)
      : { item: await listOne(container, blobName, abortSignal), tags: undefined };
    if (item === null || unquoted(item.properties.etag) !== etag) return null;
    const { blobType, contentLength, accessTier, accessTierInferred } = item.properties;
    if (blobType !== "BlockBlob") throw unfit(blobName, "it is no block blob");
    const bytes = contentLength === 0 ? [] : await download(container, item, abortSignal);
    if (bytes === null) throw unfit(blobName, "its content is too large to be stored beforehand");
    const tier = accessTierInferred === true ? undefined : tiers.find((one) => one === accessTier);
    return {
      metadata: Object.fromEntries(
        Object.entries(item.metadata ?? {}).map(([key, value]) => [key, String(value)]),
      ),
      base64: Buffer.from(bytes).toString("base64"),
      headers: headersOf(item.properties),
      ...(tier !== undefined && { tier }),
      ...(tags !== undefined && { tags }),
    };
  } catch (cause) {
    if (lostRace(cause) !== null) return null;
    throw toStorageError(cause, `Reading the blob ${quoted(blobName, 300)}`);
  }
}

/** Says why index tags can't be read: by a missing right, or since the account has none. Null: they can. */
export async function tagsFault(
  container: ContainerClient,
  blobName: string,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<AppError | null> {
  try {
    await listOne(container, blobName, timeLimit(limitMs, options.abortSignal), true);
    return null;
  } catch (cause) {
    return toStorageError(cause, `Reading the index tags of ${quoted(blobName, 300)}`);
  }
}

/** Lists without the tags where those are refused: a missing right, or an account with a hierarchical namespace. */
async function listTagged(container: ContainerClient, blobName: string, abortSignal: AbortSignal) {
  try {
    const item = await listOne(container, blobName, abortSignal, true);
    return { item, tags: item?.tags ?? {} };
  } catch (cause) {
    if (!wasRefused(toStorageError(cause, "Reading index tags"))) throw cause;
    return { item: await listOne(container, blobName, abortSignal), tags: null };
  }
}

async function listOne(
  container: ContainerClient,
  blobName: string,
  abortSignal: AbortSignal,
  includeTags = false,
): Promise<BlobItem | null> {
  const asked = { prefix: blobName, includeMetadata: true, includeTags, abortSignal };
  for await (const page of container.listBlobsFlat(asked).byPage({ maxPageSize: 1 })) {
    // A name sorts before the longer names that begin with it.
    const [first] = page.segment.blobItems;
    if (first !== undefined) return first.name === blobName ? first : null;
  }
  return null;
}

/** Null when it is larger than what is stored. */
async function download(
  container: ContainerClient,
  { name, properties }: BlobItem,
  abortSignal: AbortSignal,
): Promise<Uint8Array | null> {
  if ((properties.contentLength ?? 0) > mostBodyBytes) return null;
  const conditions = { ifMatch: properties.etag };
  const answer = await container.getBlobClient(name).download(0, undefined, { abortSignal, conditions });
  return readBody(answer.readableStreamBody);
}

/**
 * Makes a blob as it was, or replaces an unchanged one.
 * @throws AppError as `toStorageError` says. After a time-out nobody knows if it was made.
 */
export async function makeWholeBlob(
  container: ContainerClient,
  blobName: string,
  { metadata, base64, headers, tier, tags }: WholeBlob,
  condition: WriteCondition,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<WriteResult> {
  const bytes = Buffer.from(base64, "base64");
  const abortSignal = timeLimit(limitMs, options.abortSignal);
  const hasTags = tags != null && Object.keys(tags).length > 0;
  return conditionalWrite(blobName, abortSignal, () =>
    container.getBlockBlobClient(blobName).upload(bytes, bytes.length, {
      abortSignal,
      metadata,
      blobHTTPHeaders: headers,
      conditions: condition,
      ...(tier !== undefined && { tier }),
      ...(hasTags && { tags }),
    }),
  );
}

function unfit(blobName: string, why: string): AppError {
  return new AppError("invalidRequest", `The blob ${quoted(blobName, 300)} was left as it is: ${why}.`);
}
