import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { Clock } from "#lib/core/time.ts";
import type { StoreScope } from "./formats/format.ts";
import type { SharedLevels } from "./listing/levels.ts";

export interface StoreReaderOptions {
  fullyQualifiedNamespace: string;
  /** Other names of the namespace: a geo-recovery alias, a private DNS name. */
  namespaceAliases?: readonly string[] | undefined;
  eventHubName: string;
  /** Other hubs of the namespace; their names may share a beginning. */
  otherEventHubNames?: readonly string[] | undefined;
  formats?: readonly CheckpointFormat[] | undefined;
  /** Precedes every blob's name. Default: nothing. */
  prefix?: string | null | undefined;
  consumerGroup?: string | null | undefined;
  onlyGroup?: string | undefined;
  surveys?: boolean | undefined;
  /** How long a search for spellings holds. Default: 300. */
  spellingsSeconds?: number | undefined;
  /** Spellings that other readers looked for within seconds count, too. */
  sharedLevels?: SharedLevels | undefined;
  /** The limit of one reading, retries included. Default: 30. */
  timeoutSeconds?: number | undefined;
  /** For tests: blobs per answer. Default: 5,000. */
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
