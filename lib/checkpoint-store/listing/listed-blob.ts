import type { EpochMs } from "#lib/core/time.ts";

/**
 * One blob of a listing. Enough for the common format, which keeps its blobs empty. Keys of metadata are
 * lower-cased: SDKs and service differ in casing.
 */
export interface ListedBlob {
  name: string;
  metadata: ReadonlyMap<string, string>;
  etag: string;
  updatedAt: EpochMs;
  size: number;
  leased: boolean;
}

/** Removes the quotes of an etag. Headers quote it and listings don't; If-Match takes both. */
export function unquoted(etag: string): string {
  return etag.startsWith('"') ? etag.replace(/^"(.*)"$/, "$1") : etag;
}
