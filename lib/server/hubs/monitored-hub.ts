import { readConnectionFields } from "#lib/core/connection-fields.ts";
import { defaultCredential } from "#lib/event-hub/credential.ts";
import type { HubConnection } from "#lib/event-hub/hub-client.ts";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import { type PropertyRate, rateOf } from "#lib/event-hub/rate/property-rate.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import { allowedLagOf } from "#lib/server/config/allowed-lag.ts";
import type { HubConfig } from "#lib/server/config/config.ts";
import { isLoopback } from "#lib/server/hosts.ts";
import { groupCatalog } from "./group-catalog.ts";
import { resourceReaderOf } from "./resource-readers.ts";
import { storeSource } from "./store-source.ts";

/** A configured hub with its readers. `all`: all configured hubs, for ambiguous names. */
export function monitoredHub(hub: HubConfig, all: readonly HubConfig[]): MonitoredHub {
  const { eventHubName, fullyQualifiedNamespace } = hub;
  const resources = resourceReaderOf(hub);
  return {
    id: hub.id,
    fullyQualifiedNamespace,
    eventHubName,
    consumerGroups: hub.consumerGroups,
    ownershipExpirationSeconds: hub.ownershipExpirationSeconds,
    inspectionConsumerGroup: hub.inspectionConsumerGroup,
    allowedLag: (consumerGroup) => allowedLagOf(hub, consumerGroup),
    hub: createHubReader({ ...hubConnection(hub), rate: propertyRateOf(hub) }),
    stores: hub.checkpointStores.map((store) => storeSource(hub, store, all)),
    catalog: resources === null ? null : groupCatalog(resources, eventHubName),
  };
}

export function propertyRateOf({
  fullyQualifiedNamespace,
  eventHubName,
  connectionString,
  propertyReadsPerSecond,
}: HubConfig): PropertyRate {
  const isEmulator =
    connectionString !== null &&
    (readConnectionFields(connectionString.reveal()).get("UseDevelopmentEmulator") ?? "").toLowerCase() ===
      "true";
  return rateOf(`${fullyQualifiedNamespace}/${eventHubName}`, {
    ceiling: propertyReadsPerSecond,
    slows: !isEmulator && !isLoopback(fullyQualifiedNamespace),
  });
}

export function hubConnection({
  connectionString,
  fullyQualifiedNamespace,
  eventHubName,
  transport,
}: HubConfig): HubConnection {
  return connectionString === null
    ? { fullyQualifiedNamespace, eventHubName, transport, credential: defaultCredential() }
    : { connectionString: connectionString.reveal(), eventHubName, transport };
}
