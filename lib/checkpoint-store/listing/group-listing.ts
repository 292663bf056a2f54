import { ContainerClient } from "@azure/storage-blob";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import { parseOffset, parseSequenceNumber } from "#lib/checkpoint-store/position.ts";
import { toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { bounded } from "#lib/checkpoint-store/text.ts";
import { throwIfAborted, timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import type { CheckpointFormat, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { listBlobs } from "./list-blobs.ts";
import type { ListedBlob } from "./listed-blob.ts";

const limitMs = 20_000;
const listingsAtOnce = 4;

export interface GroupListing {
  readAt: EpochMs;
  blobs: ReadonlyMap<string, ListedBlob>;
}

export interface CheckpointAddress {
  partitionId: string;
  blobName: string;
  format: CheckpointFormat;
}

/**
 * Prefixes that cover all these blobs, and in the common layout the ownerships beside them. Every layout's
 * names end in the partition.
 */
export function prefixesOf(checkpoints: Iterable<CheckpointAddress>): string[] {
  const prefixes = new Set<string>();
  for (const { blobName, partitionId, format } of checkpoints) {
    const folder = blobName.slice(0, blobName.length - partitionId.length);
    prefixes.add(
      format === "common" ? folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1) : folder,
    );
  }
  return [...prefixes];
}

export function withoutCovered(prefixes: Iterable<string>): string[] {
  const all = [...new Set(prefixes)];
  return all.filter((one) => !all.some((other) => other !== one && one.startsWith(other)));
}

/**
 * Lists these prefixes. `readAt` is the earliest answer's `Date`: everything is at least as new.
 * @throws AppError as `toStorageError` says
 */
export async function listGroup(
  container: ContainerClient,
  prefixes: readonly string[],
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<GroupListing> {
  const abortSignal = timeLimit(limitMs, options.abortSignal);
  const listed = await eachInFlight(prefixes, listingsAtOnce, async (prefix) => {
    try {
      throwIfAborted(abortSignal, "The listing");
      return { listing: await listBlobs(container, prefix, { abortSignal }) };
    } catch (cause) {
      return { error: toStorageError(cause, `Listing the container "${container.containerName}"`) };
    }
  });
  const blobs = new Map<string, ListedBlob>();
  let readAt = Number.POSITIVE_INFINITY;
  for (const { listing, error } of listed) {
    if (error !== undefined) throw error;
    readAt = Math.min(readAt, listing.readAt);
    for (const blob of listing.blobs) blobs.set(blob.name, blob);
  }
  return { readAt, blobs };
}

/** The common layout's ownership blobs by partition, in every casing, newest first. */
export function ownershipsIn({ blobs }: GroupListing): Map<string, StoredOwnership[]> {
  const ownerships = new Map<string, StoredOwnership[]>();
  for (const { name, etag, updatedAt, metadata } of blobs.values()) {
    const [partitionId, kind] = name.split("/").reverse();
    if (kind?.toLowerCase() !== "ownership" || partitionId === undefined) continue;
    const ownerId = metadata.get("ownerid")?.trim();
    const ownership = {
      partitionId,
      blobName: name,
      etag,
      lastRenewedAt: updatedAt,
      ownerId: ownerId === undefined ? null : bounded(ownerId),
    };
    ownerships.set(partitionId, [...(ownerships.get(partitionId) ?? []), ownership]);
  }
  for (const each of ownerships.values()) each.sort((a, b) => b.lastRenewedAt - a.lastRenewedAt);
  return ownerships;
}

export function positionIn({ metadata }: ListedBlob): {
  sequenceNumber: number | null;
  offset: string | null;
  clientIdentifier: string | null;
} {
  const sequenceNumber = parseSequenceNumber(metadata.get("sequencenumber"));
  return {
    sequenceNumber: typeof sequenceNumber === "number" ? sequenceNumber : null,
    offset: parseOffset(metadata.get("offset")),
    clientIdentifier: metadata.get("clientidentifier")?.trim() || null,
  };
}

/**
 * The same container without retries. When the answer to a write is lost, the client's second try would be
 * refused although the first succeeded.
 */
export function withoutRetries({ url, credential }: ContainerClient): ContainerClient {
  return new ContainerClient(url, countedPipeline(credential, { retryOptions: { maxTries: 1 } }));
}
