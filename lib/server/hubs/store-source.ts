import type { ContainerClient } from "@azure/storage-blob";
import { type AccountAddress, openAccount, openContainer } from "#lib/checkpoint-store/container.ts";
import { createContainerSearch } from "#lib/checkpoint-store/listing/container-search.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import type { StoreReaderOptions } from "#lib/checkpoint-store/store-scope.ts";
import { defaultCredential } from "#lib/event-hub/credential.ts";
import type { StoreSource } from "#lib/monitor/sources.ts";
import type { HubConfig, StoreConfig } from "#lib/server/config/config.ts";

export function storeSource(hub: HubConfig, store: StoreConfig, all: readonly HubConfig[]): StoreSource {
  const options = readerOptions(hub, store, all);
  if (!store.isAccount) return containerSource(store, options);
  const others = new Set(hub.checkpointStores.map(({ containerUrl }) => containerUrl));
  return accountSource(store, options, (inAccount) => !others.has(inAccount.containerUrl));
}

export function storeInAccount(account: StoreConfig, containerName: string): StoreConfig {
  return {
    ...account,
    id: `${account.id}/${containerName}`,
    isAccount: false,
    containerUrl: `${account.containerUrl}/${containerName}`,
    containerName,
  };
}

export function accountAddress(store: StoreConfig): AccountAddress {
  return store.connectionString === null
    ? { accountUrl: store.containerUrl, credential: defaultCredential() }
    : { connectionString: store.connectionString.reveal() };
}

/** Opens the store's container; the store must not be a whole account. */
export function containerOf(store: StoreConfig): ContainerClient {
  return openContainer(
    store.connectionString === null
      ? { containerUrl: store.containerUrl, credential: defaultCredential() }
      : { connectionString: store.connectionString.reveal(), container: store.containerName },
  );
}

function containerSource(store: StoreConfig, options: StoreReaderOptions): StoreSource {
  const reader = createStoreReader(containerOf(store), options);
  return { id: store.id, read: (read) => reader.read(read) };
}

function accountSource(
  store: StoreConfig,
  options: StoreReaderOptions,
  isWanted: (store: StoreConfig) => boolean,
): StoreSource {
  const search = createContainerSearch(openAccount(accountAddress(store)), options);
  const sources = new Map<string, StoreSource>();
  let found: StoreSource[] = [];
  return {
    id: store.id,
    async read({ abortSignal }) {
      const { containers, listings, readAt, heardAt } = await search.find({ abortSignal });
      found = containers
        .map((name) => storeInAccount(store, name))
        .filter(isWanted)
        .map((inside) => {
          const source = sources.get(inside.id) ?? containerSource(inside, options);
          sources.set(inside.id, source);
          return source;
        });
      return { readAt, heardAt, groups: new Map(), strayBlobs: 0, listings, bodyReads: 0, survey: null };
    },
    found: () => found,
  };
}

export function readerOptions(
  hub: HubConfig,
  store: StoreConfig,
  all: readonly HubConfig[],
): StoreReaderOptions {
  return {
    fullyQualifiedNamespace: hub.fullyQualifiedNamespace,
    namespaceAliases: hub.namespaceAliases,
    eventHubName: hub.eventHubName,
    otherEventHubNames: all
      .filter(({ fullyQualifiedNamespace }) => fullyQualifiedNamespace === hub.fullyQualifiedNamespace)
      .map(({ eventHubName }) => eventHubName),
    formats: store.formats,
    prefix: store.prefix,
    consumerGroup: store.consumerGroup,
  };
}
