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

/** Etags are quoted in headers and bare in listings; both work in If-Match, but compare only as one. */
export function unquoted(etag: string): string {
  return etag.startsWith('"') ? etag.replace(/^"(.*)"$/, "$1") : etag;
}
