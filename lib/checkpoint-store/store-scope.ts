import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { Clock } from "#lib/core/time.ts";
import type { StoreScope } from "./formats/format.ts";
import type { SharedLevels } from "./listing/levels.ts";

/**
 * `namespaceAliases` are a geo-recovery alias or a private DNS name. `otherEventHubNames` may share a
 * beginning with this hub's. `prefix` precedes every blob's name. A search for spellings holds for
 * `spellingsSeconds` (default 300); other readers' searches count for seconds by `sharedLevels`.
 * `timeoutSeconds` (default 30) limits one reading, retries included. `pageSize` (default 5,000) is for
 * tests.
 */
export interface StoreReaderOptions {
  fullyQualifiedNamespace: string;
  namespaceAliases?: readonly string[] | undefined;
  eventHubName: string;
  otherEventHubNames?: readonly string[] | undefined;
  formats?: readonly CheckpointFormat[] | undefined;
  prefix?: string | null | undefined;
  consumerGroup?: string | null | undefined;
  onlyGroup?: string | undefined;
  surveys?: boolean | undefined;
  spellingsSeconds?: number | undefined;
  sharedLevels?: SharedLevels | undefined;
  timeoutSeconds?: number | undefined;
  pageSize?: number | undefined;
  clock?: Clock | undefined;
}

export function scopeOf(options: StoreReaderOptions): StoreScope {
  const lower = (names: readonly string[]) => [...new Set(names.map((name) => name.toLowerCase()))];
  return {
    fullyQualifiedNamespaces: lower([options.fullyQualifiedNamespace, ...(options.namespaceAliases ?? [])]),
    eventHubName: options.eventHubName.toLowerCase(),
    otherEventHubNames: lower(options.otherEventHubNames ?? []),
    consumerGroup: options.consumerGroup ?? null,
    onlyGroup: options.onlyGroup?.toLowerCase(),
  };
}
