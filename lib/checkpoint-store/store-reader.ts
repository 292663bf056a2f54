import type { ContainerClient } from "@azure/storage-blob";
import { LeaseBodies } from "#lib/checkpoint-store/leases/lease-bodies.ts";
import { collectGroups } from "#lib/checkpoint-store/listing/collect-groups.ts";
import { LevelReader } from "#lib/checkpoint-store/listing/levels.ts";
import { KnownBlobs, readPrefixes } from "#lib/checkpoint-store/listing/read-prefixes.ts";
import { findPrefixes } from "#lib/checkpoint-store/listing/store-prefixes.ts";
import { surveyContainer } from "#lib/checkpoint-store/listing/survey.ts";
import type { StoreReading, StoreSurvey } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { formatsFor, selfNaming } from "./formats/formats.ts";
import { toStorageError } from "./storage-error.ts";
import { type StoreReaderOptions, scopeOf } from "./store-scope.ts";
import { throwIfAborted, timeLimit } from "./time-limit.ts";

export interface StoreReader {
  /**
   * Reads everything of this hub: one listing per existing prefix, however many groups, and the new or
   * changed bodies of JSON blobs. Remembers prefixes and unchanged bodies. A broken blob is reported and
   * hides no other.
   * @throws AppError `containerNotFound`, `azureUnauthorized`, `azureThrottled`, `azureTimeout` …
   */
  read(options?: { abortSignal?: AbortSignal | undefined }): Promise<StoreReading>;
}

/** A plan takes more blobs that are no partition's than a snapshot names. */
const mostOfOneGroup = 1_000;

export function createStoreReader(container: ContainerClient, options: StoreReaderOptions): StoreReader {
  const { clock = Date.now, spellingsSeconds = 300, timeoutSeconds = 30, surveys = true, pageSize } = options;
  const base = options.prefix ?? "";
  const scope = scopeOf(options);
  const formats = formatsFor(options.formats ?? selfNaming);
  const bodies = new LeaseBodies();
  const knownBlobs = new KnownBlobs();
  let known: { prefixes: string[]; until: EpochMs } | undefined;
  let survey: StoreSurvey | null = null;

  const prefixesOf = async (abortSignal: AbortSignal) => {
    if (known && clock() < known.until) return { prefixes: known.prefixes, listings: 0 };
    const levels = options.sharedLevels?.of(container) ?? new LevelReader(container, abortSignal);
    const listedBefore = levels.listings;
    const prefixes = await findPrefixes(levels, base, formats, scope);
    const claims = (name: string) =>
      name.startsWith(base) &&
      formats.some((format) => format.address(name.slice(base.length), scope) !== null);
    if (surveys)
      survey = await surveyContainer(container, levels, { prefixes, scope, claims, abortSignal }, survey);
    known = { prefixes, until: clock() + spellingsSeconds * 1_000 };
    return { prefixes, listings: levels.listings - listedBefore };
  };

  return {
    async read({ abortSignal } = {}) {
      const limit = timeLimit(timeoutSeconds * 1_000, abortSignal);
      try {
        throwIfAborted(limit, "The reading");
        const { prefixes, listings } = await prefixesOf(limit);
        const store = { prefixes, base, formats, scope };
        const reading = await readPrefixes(container, store, bodies, knownBlobs, {
          abortSignal: limit,
          pageSize,
        });
        return {
          readAt: reading.readAt,
          groups: collectGroups(
            reading.contents,
            reading.readAt,
            options.onlyGroup === undefined ? undefined : mostOfOneGroup,
          ),
          strayBlobs: reading.strayBlobs,
          listings: listings + reading.listings,
          bodyReads: reading.bodyReads,
          heardAt: reading.heardAt,
          survey,
        };
      } catch (cause) {
        throw toStorageError(cause, `Listing the container "${container.containerName}"`);
      }
    },
  };
}
