import { openContainer } from "#lib/checkpoint-store/container.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { defaultCredential } from "#lib/event-hub/credential.ts";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import type { MonitoredHub, StoreSource } from "#lib/monitor/sources.ts";
import type { HubConfig, StoreConfig } from "./config/config.ts";

/** A configured hub with its readers. `all`: every configured hub, for names that could be of two. */
export function monitoredHub(hub: HubConfig, all: readonly HubConfig[]): MonitoredHub {
  const { eventHubName, fullyQualifiedNamespace } = hub;
  const secret = hub.connectionString;
  return {
    id: hub.id,
    fullyQualifiedNamespace,
    eventHubName,
    consumerGroups: hub.consumerGroups,
    ownershipExpirationSeconds: hub.ownershipExpirationSeconds,
    hub: createHubReader(
      secret === null
        ? { fullyQualifiedNamespace, eventHubName, credential: defaultCredential() }
        : { connectionString: secret.reveal(), eventHubName },
    ),
    stores: hub.checkpointStores.map((store) => storeSource(hub, store, all)),
  };
}

function storeSource(hub: HubConfig, store: StoreConfig, all: readonly HubConfig[]): StoreSource {
  const container = openContainer(
    store.connectionString === null
      ? { containerUrl: store.containerUrl, credential: defaultCredential() }
      : { connectionString: store.connectionString.reveal(), container: store.containerName },
  );
  const reader = createStoreReader(container, {
    fullyQualifiedNamespace: hub.fullyQualifiedNamespace,
    namespaceAliases: hub.namespaceAliases,
    eventHubName: hub.eventHubName,
    otherEventHubNames: all
      .filter(({ fullyQualifiedNamespace }) => fullyQualifiedNamespace === hub.fullyQualifiedNamespace)
      .map(({ eventHubName }) => eventHubName),
    formats: store.formats,
    prefix: store.prefix,
    consumerGroup: store.consumerGroup,
  });
  return { id: store.id, read: (options) => reader.read(options) };
}
