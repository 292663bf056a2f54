import type { ContainerClient } from "@azure/storage-blob";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import type { Clock, EpochMs } from "#lib/core/time.ts";
import { collectGroups } from "./collect-groups.ts";
import type { BlobContent, HubAddress } from "./formats/format.ts";
import { blobFormats } from "./formats/formats.ts";
import { type ListedBlob, listBlobs } from "./list-blobs.ts";
import { findSpellings } from "./spellings.ts";
import { toStorageError } from "./storage-error.ts";
import { throwIfAborted, timeLimit } from "./time-limit.ts";

export interface StoreReaderOptions {
  fullyQualifiedNamespace: string;
  /** Other names of the same namespace: a geo-recovery alias, a private DNS name. */
  namespaceAliases?: readonly string[] | undefined;
  eventHubName: string;
  /** How long a search for other spellings of these names holds. Default: 300. */
  spellingsSeconds?: number | undefined;
  /** The limit of one reading, retries included. Default: 30. */
  timeoutSeconds?: number | undefined;
  /** For tests: blobs in one answer. Default: the service's most, 5,000. */
  pageSize?: number | undefined;
  clock?: Clock | undefined;
}

export interface StoreReader {
  /**
   * Everything that the container holds of this hub: one listing for each spelling of the hub's name, whatever
   * the number of groups; a broken blob is told as such and hides no other.
   * @throws AppError `containerNotFound`, `azureUnauthorized`, `azureThrottled`, `azureTimeout` …
   */
  read(options?: { abortSignal?: AbortSignal | undefined }): Promise<StoreReading>;
}

/** A reader of one container for one hub. Keeps nothing between readings but the spellings of their names. */
export function createStoreReader(container: ContainerClient, options: StoreReaderOptions): StoreReader {
  const { clock = Date.now, spellingsSeconds = 300, timeoutSeconds = 30, pageSize } = options;
  const hub = hubAddress(options);
  const roots = blobFormats.flatMap((format) => format.roots(hub));
  let known: { prefixes: string[]; until: EpochMs } | undefined;

  const findPrefixes = async (abortSignal: AbortSignal) => {
    if (known && clock() < known.until) return { prefixes: known.prefixes, listings: 0 };
    const spellings = await findSpellings(container, roots, abortSignal);
    known = { prefixes: spellings.prefixes, until: clock() + spellingsSeconds * 1_000 };
    return spellings;
  };

  return {
    async read({ abortSignal } = {}) {
      const limit = timeLimit(timeoutSeconds * 1_000, abortSignal);
      try {
        throwIfAborted(limit, "The reading");
        const { prefixes, listings: searches } = await findPrefixes(limit);
        const read = (prefix: string) => listBlobs(container, prefix, { abortSignal: limit, pageSize });
        const listings = await Promise.all(prefixes.map(read));
        const { contents, strayBlobs } = readAll(
          listings.flatMap((listing) => listing.blobs),
          hub,
        );
        return {
          readAt: Math.min(...listings.map((listing) => listing.readAt)),
          groups: collectGroups(contents),
          strayBlobs,
          listings: listings.reduce((sum, listing) => sum + listing.listings, searches),
        };
      } catch (cause) {
        throw toStorageError(cause, `Listing the container "${container.containerName}"`);
      }
    },
  };
}

function hubAddress({
  fullyQualifiedNamespace,
  namespaceAliases = [],
  eventHubName,
}: StoreReaderOptions): HubAddress {
  const namespaces = [fullyQualifiedNamespace, ...namespaceAliases].map((name) => name.toLowerCase());
  return { fullyQualifiedNamespaces: [...new Set(namespaces)], eventHubName: eventHubName.toLowerCase() };
}

function readAll(blobs: ListedBlob[], hub: HubAddress): { contents: BlobContent[]; strayBlobs: number } {
  const contents: BlobContent[] = [];
  for (const blob of blobs) {
    for (const format of blobFormats) {
      const content = format.read(blob, hub);
      if (content === null) continue;
      contents.push(content);
      break;
    }
  }
  return { contents, strayBlobs: blobs.length - contents.length };
}
