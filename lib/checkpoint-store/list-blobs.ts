import type { AbortSignalLike } from "@azure/abort-controller";
import type { ContainerClient, ContainerListBlobsOptions } from "@azure/storage-blob";
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
}

export interface Listing {
  blobs: ListedBlob[];
  /** The first answer's `Date`: the service's clock. All that is told here is at least as new. */
  readAt: EpochMs;
  /** Requests that it took: one for each page. */
  listings: number;
}

export interface ListOptions {
  abortSignal?: AbortSignalLike | undefined;
  tracingOptions?: ContainerListBlobsOptions["tracingOptions"] | undefined;
  /** Blobs in one answer; the service's limit, and the default, is 5,000. */
  pageSize?: number | undefined;
}

/** Everything under a prefix with its metadata, page by page. Folders of hierarchical accounts are left out. */
export async function listBlobs(
  container: ContainerClient,
  prefix: string,
  options: ListOptions = {},
): Promise<Listing> {
  const { abortSignal, tracingOptions, pageSize = 5_000 } = options;
  const request = { ...(abortSignal && { abortSignal }), ...(tracingOptions && { tracingOptions }) };
  const blobs: ListedBlob[] = [];
  let readAt: EpochMs | undefined;
  let listings = 0;
  const pages = container
    .listBlobsFlat({ prefix, includeMetadata: true, ...request })
    .byPage({ maxPageSize: pageSize });
  for await (const page of pages) {
    listings += 1;
    readAt ??= page.date?.getTime();
    for (const { name, metadata, properties } of page.segment.blobItems) {
      const keys = lowerCased(metadata);
      if (keys.get("hdi_isfolder") === "true") continue;
      const updatedAt = properties.lastModified.getTime();
      blobs.push({ name, metadata: keys, etag: unquoted(properties.etag), updatedAt });
    }
  }
  return { blobs, readAt: readAt ?? Date.now(), listings };
}

/** Etags are quoted in headers and bare in listings; both work in If-Match, but compare only as one. */
export function unquoted(etag: string): string {
  return etag.replace(/^"(.*)"$/, "$1");
}

function lowerCased(metadata: Record<string, string> | undefined): Map<string, string> {
  return new Map(Object.entries(metadata ?? {}).map(([key, value]) => [key.toLowerCase(), String(value)]));
}
