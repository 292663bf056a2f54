import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { Clock } from "#lib/core/time.ts";
import type { StoreScope } from "./formats/format.ts";

export interface StoreReaderOptions {
  fullyQualifiedNamespace: string;
  /** Other names of the same namespace: a geo-recovery alias, a private DNS name. */
  namespaceAliases?: readonly string[] | undefined;
  eventHubName: string;
  /** Other hubs of the namespace, whose names may begin as this one's does. */
  otherEventHubNames?: readonly string[] | undefined;
  /** The layouts to look for. Default: those that name hub and group (`common`, `functions`, `dapr`). */
  formats?: readonly CheckpointFormat[] | undefined;
  /** What stands before every name of this store's blobs. Default: nothing. */
  prefix?: string | null | undefined;
  /** The group of a layout that names none. */
  consumerGroup?: string | null | undefined;
  /** Only this group is wanted, in any casing: so much less is listed. Default: all of them. */
  onlyGroup?: string | undefined;
  /** Whether to look around for what may have been meant. Default: yes. */
  surveys?: boolean | undefined;
  /** How long a search for other spellings of these names holds. Default: 300. */
  spellingsSeconds?: number | undefined;
  /** The limit of one reading, retries included. Default: 30. */
  timeoutSeconds?: number | undefined;
  /** For tests: blobs in one answer. Default: the service's most, 5,000. */
  pageSize?: number | undefined;
  clock?: Clock | undefined;
}

/** Whose blobs are wanted, as the layouts compare it. */
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
