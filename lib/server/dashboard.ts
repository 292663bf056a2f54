import { openContainer } from "#lib/checkpoint-store/container.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { AppError } from "#lib/core/app-error.ts";
import { defaultCredential } from "#lib/event-hub/credential.ts";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import { Monitor } from "#lib/monitor/monitor.ts";
import type { MonitoredHub, StoreSource } from "#lib/monitor/sources.ts";
import type { Config, HubConfig, StoreConfig } from "./config/config.ts";
import { createRuntime } from "./create-runtime.ts";
import { log } from "./http/log.ts";
import { logFaults } from "./log-faults.ts";
import type { Runtime } from "./runtime.ts";

export interface Dashboard {
  runtime: Runtime;
  start(): void;
  stop(): Promise<void>;
}

/** Puts the parts together, as configured. Nothing is read until it is started. */
export function createDashboard(config: Config): Dashboard {
  const monitor = new Monitor(
    config.eventHubs.map(monitoredHub),
    config.refreshSeconds * 1000,
    (hub, error) =>
      log.error(
        { hub, err: error },
        "A refresh failed inside the dashboard; the next one is tried as usual.",
      ),
  );
  logFaults(monitor);
  return {
    runtime: createRuntime(monitor, config.refreshSeconds),
    start: () => monitor.start(),
    stop: () => monitor.stop(),
  };
}

function monitoredHub(hub: HubConfig): MonitoredHub {
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
    stores: hub.checkpointStores.map((store) => storeSource(hub, store)),
  };
}

function storeSource(hub: HubConfig, store: StoreConfig): StoreSource {
  if (!store.formats.some((format) => format === "common" || format === "functions")) {
    const message = `The store ${store.id} holds ${store.formats.join(", ")} checkpoints, which this version does not read; it reads the common format of all current SDKs.`;
    return { id: store.id, read: () => Promise.reject(new AppError("formatNotSupported", message)) };
  }
  const container = openContainer(
    store.connectionString === null
      ? { containerUrl: store.containerUrl, credential: defaultCredential() }
      : { connectionString: store.connectionString.reveal(), container: store.containerName },
  );
  const reader = createStoreReader(container, {
    fullyQualifiedNamespace: hub.fullyQualifiedNamespace,
    namespaceAliases: hub.namespaceAliases,
    eventHubName: hub.eventHubName,
  });
  return { id: store.id, read: (options) => reader.read(options) };
}
