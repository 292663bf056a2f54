import type { BlobServiceClient } from "@azure/storage-blob";
import { walkContainers } from "#lib/checkpoint-store/containers.ts";
import { formatsFor, selfNaming } from "#lib/checkpoint-store/formats/formats.ts";
import { toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { type StoreReaderOptions, scopeOf } from "#lib/checkpoint-store/store-scope.ts";
import { throwIfAborted, timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import type { Clock, EpochMs } from "#lib/core/time.ts";
import { findSpellings } from "./spellings.ts";

interface FoundContainers {
  containers: string[];
  listings: number;
  readAt: EpochMs;
  heardAt: EpochMs;
}

export interface ContainerSearch {
  find(options?: { abortSignal?: AbortSignal | undefined }): Promise<FoundContainers>;
}

/**
 * Finds an account's containers with checkpoints of a hub, in the layouts that name it. A result holds for
 * `searchSeconds`, so the account is walked rarely.
 * @throws AppError as `toStorageError` says; `find` then walks again when next called
 */
export function createContainerSearch(
  service: BlobServiceClient,
  options: StoreReaderOptions,
  searchSeconds = 600,
): ContainerSearch {
  const clock: Clock = options.clock ?? Date.now;
  const scope = scopeOf(options);
  const roots = formatsFor(options.formats ?? selfNaming)
    .flatMap((format) => format.roots(scope))
    .filter(({ exact }) => !exact)
    .map(({ path }) => path);
  let known: FoundContainers | undefined;
  let until: EpochMs = 0;

  return {
    async find({ abortSignal } = {}) {
      if (known && clock() < until) return { ...known, listings: 0 };
      const limit = timeLimit((options.timeoutSeconds ?? 30) * 1_000, abortSignal);
      try {
        throwIfAborted(limit, "The search");
        const look = async (levels: Parameters<Parameters<typeof walkContainers>[1]>[0]) =>
          (await findSpellings(levels, "", roots)).length > 0 ? true : null;
        const { found, listings, readAt, heardAt } = await walkContainers(service, look, limit);
        known = { containers: found.map(({ containerName }) => containerName), listings, readAt, heardAt };
        until = clock() + searchSeconds * 1_000;
        return known;
      } catch (cause) {
        throw toStorageError(cause, `Searching the containers of account "${service.accountName}"`);
      }
    },
  };
}
