import type { AbortSignalLike } from "@azure/abort-controller";
import type { BlobItem, ContainerClient, ContainerListBlobsOptions } from "@azure/storage-blob";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { AppError } from "#lib/core/app-error.ts";
import { turns } from "#lib/core/pause.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { type ListedBlob, unquoted } from "./listed-blob.ts";
import { scanning } from "./scanned-listings.ts";

export interface Listing {
  blobs: ListedBlob[];
  byName: ReadonlyMap<string, ListedBlob>;
  /** The service's clock (`Date`) at the first answer. Everything here is at least as new. */
  readAt: EpochMs;
  heardAt: EpochMs;
  listings: number;
}

/**
 * `pageSize` is by default and at most 5,000 blobs. Beyond `mostBlobs` the listing fails: the prefix is too
 * wide to list at each refresh. Unchanged blobs of `known`, by name, come back as the same objects.
 */
export interface ListOptions {
  abortSignal?: AbortSignalLike | undefined;
  tracingOptions?: ContainerListBlobsOptions["tracingOptions"] | undefined;
  pageSize?: number | undefined;
  mostBlobs?: number | undefined;
  known?: ReadonlyMap<string, ListedBlob> | undefined;
}

const nothing: ReadonlyMap<string, ListedBlob> = new Map();

/** Lists blobs with metadata, page by page, without the folders of hierarchical accounts. */
export async function listBlobs(
  container: ContainerClient,
  prefix: string,
  options: ListOptions = {},
): Promise<Listing> {
  const { abortSignal, tracingOptions, pageSize = 5_000, mostBlobs = Infinity, known = nothing } = options;
  const request = { ...(abortSignal && { abortSignal }), ...(tracingOptions && { tracingOptions }) };
  // While blobs change, the service may list a name on two pages: the later one is newer.
  const byName = new Map<string, ListedBlob>();
  let readAt: EpochMs | undefined;
  let heardAt: EpochMs | undefined;
  let listings = 0;
  let marker: string | undefined;
  const turn = turns();
  do {
    const pages = container
      .listBlobsFlat({ prefix, includeMetadata: true, ...request })
      .byPage({ maxPageSize: pageSize, ...(marker && { continuationToken: marker }) });
    const { page, scanned } = await scanning(known, () => pages.next());
    if (page.done) break;
    listings += 1;
    readAt ??= page.value.date?.getTime();
    heardAt ??= Date.now();
    for (const blob of scanned?.blobs ?? page.value.segment.blobItems.map(listed)) {
      if (blob.metadata.get("hdi_isfolder") !== "true") byName.set(blob.name, blob);
    }
    if (byName.size > mostBlobs) throw tooMany(prefix, mostBlobs);
    marker = page.value.continuationToken;
    await turn();
  } while (marker);
  return {
    blobs: [...byName.values()],
    byName,
    readAt: readAt ?? Date.now(),
    heardAt: heardAt ?? Date.now(),
    listings,
  };
}

function listed({ name, metadata, properties }: BlobItem): ListedBlob {
  return {
    name,
    metadata: lowerCased(metadata),
    etag: unquoted(properties.etag),
    updatedAt: properties.lastModified.getTime(),
    size: properties.contentLength ?? 0,
    leased: properties.leaseState === "leased" || properties.leaseState === "breaking",
  };
}

function tooMany(prefix: string, mostBlobs: number): AppError {
  return new AppError(
    "azureFailed",
    `More than ${mostBlobs} blobs stand under ${quoted(prefix, 300)}: give this store a longer prefix in the configuration.`,
  );
}

function lowerCased(metadata: Record<string, string> | undefined): Map<string, string> {
  return new Map(Object.entries(metadata ?? {}).map(([key, value]) => [key.toLowerCase(), String(value)]));
}
