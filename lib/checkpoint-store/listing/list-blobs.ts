import type { AbortSignalLike } from "@azure/abort-controller";
import type { ContainerClient, ContainerListBlobsOptions } from "@azure/storage-blob";
import { quoted } from "#lib/checkpoint-store/text.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** What a listing tells of one blob; enough for the common format, whose blobs are empty. */
export interface ListedBlob {
  name: string;
  /** Keys lower-cased: the SDKs and the service differ in their casing. */
  metadata: ReadonlyMap<string, string>;
  /** Unquoted. */
  etag: string;
  /** Last-Modified, set by the service. */
  updatedAt: EpochMs;
  /** Of its body, in bytes. */
  size: number;
  /** Somebody holds the blob's lease. */
  leased: boolean;
}

export interface Listing {
  blobs: ListedBlob[];
  /** The first answer's `Date`: the service's clock. All that is told here is at least as new. */
  readAt: EpochMs;
  /** This machine's clock at that answer. */
  heardAt: EpochMs;
  /** Requests that it took: one for each page. */
  listings: number;
}

export interface ListOptions {
  abortSignal?: AbortSignalLike | undefined;
  tracingOptions?: ContainerListBlobsOptions["tracingOptions"] | undefined;
  /** Blobs in one answer; the service's limit, and the default, is 5,000. */
  pageSize?: number | undefined;
  /** More than this is a failure: the prefix is too wide for a listing at each refresh. Default: no limit. */
  mostBlobs?: number | undefined;
}

/** Everything under a prefix with its metadata, page by page. Folders of hierarchical accounts are left out. */
export async function listBlobs(
  container: ContainerClient,
  prefix: string,
  options: ListOptions = {},
): Promise<Listing> {
  const { abortSignal, tracingOptions, pageSize = 5_000, mostBlobs = Infinity } = options;
  const request = { ...(abortSignal && { abortSignal }), ...(tracingOptions && { tracingOptions }) };
  const blobs: ListedBlob[] = [];
  let readAt: EpochMs | undefined;
  let heardAt: EpochMs | undefined;
  let listings = 0;
  const pages = container
    .listBlobsFlat({ prefix, includeMetadata: true, ...request })
    .byPage({ maxPageSize: pageSize });
  for await (const page of pages) {
    listings += 1;
    readAt ??= page.date?.getTime();
    heardAt ??= Date.now();
    for (const { name, metadata, properties } of page.segment.blobItems) {
      const keys = lowerCased(metadata);
      if (keys.get("hdi_isfolder") === "true") continue;
      blobs.push({
        name,
        metadata: keys,
        etag: unquoted(properties.etag),
        updatedAt: properties.lastModified.getTime(),
        size: properties.contentLength ?? 0,
        leased: properties.leaseState === "leased" || properties.leaseState === "breaking",
      });
    }
    if (blobs.length > mostBlobs) throw tooMany(prefix, mostBlobs);
  }
  return { blobs, readAt: readAt ?? Date.now(), heardAt: heardAt ?? Date.now(), listings };
}

function tooMany(prefix: string, mostBlobs: number): AppError {
  return new AppError(
    "azureFailed",
    `More than ${mostBlobs} blobs stand under ${quoted(prefix, 300)}: give this store a longer prefix in the configuration.`,
  );
}

/** Etags are quoted in headers and bare in listings; both work in If-Match, but compare only as one. */
export function unquoted(etag: string): string {
  return etag.replace(/^"(.*)"$/, "$1");
}

function lowerCased(metadata: Record<string, string> | undefined): Map<string, string> {
  return new Map(Object.entries(metadata ?? {}).map(([key, value]) => [key.toLowerCase(), String(value)]));
}
