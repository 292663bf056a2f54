import { Secret } from "#lib/core/secret.ts";
import { type EventHubsAddress, readEventHubsConnectionString } from "#lib/event-hub/connection-string.ts";
import type { HubConfig, NamespaceConfig, ResourceConfig, StoreConfig } from "./config.ts";
import type { Faults } from "./file/faults.ts";
import type { HubParts } from "./file/sound-parts.ts";
import { resolveStore } from "./resolve-store.ts";

export interface StoreAtPath {
  path: string;
  store: StoreConfig;
}

export interface ResolvedHub {
  path: string;
  id: string | null;
  namespaces: readonly string[] | null;
  eventHubName: string | null;
  stores: readonly StoreAtPath[];
  config: HubConfig | NamespaceConfig | null;
}

export function resolveHub(entry: HubParts, path: string, faults: Faults): ResolvedHub {
  const stores = entry.checkpointStores.flatMap((store, index): StoreAtPath[] => {
    const at = `${path}.checkpointStores[${index}]`;
    const resolved = resolveStore(store, at, faults);
    return resolved === null ? [] : [{ path: at, store: resolved }];
  });
  reportDoubles(stores, path, faults);
  const resource = resolveResource(entry, path, faults);
  const address = resolveAddress(entry, path, faults);
  const aliases = entry.namespaceAliases ?? [];
  // With a faulty name or connection string nobody knows if the entry names a hub.
  const isNamed = !["eventHubName", "connectionString"].some((key) => faults.isFaulty(`${path}.${key}`));
  const eventHubName = entry.eventHubName ?? address?.eventHubName ?? null;
  const resolved = {
    path,
    id: entry.id ?? eventHubName,
    namespaces:
      address === null || faults.isFaulty(`${path}.namespaceAliases`)
        ? null
        : [address.fullyQualifiedNamespace, ...aliases],
    eventHubName,
    stores,
  };
  if (eventHubName === null && isNamed) reportHubless(stores, faults);
  if (address === null) return { ...resolved, config: null };
  const shared = {
    fullyQualifiedNamespace: address.fullyQualifiedNamespace,
    connectionString: entry.connectionString === undefined ? null : new Secret(entry.connectionString),
    credential: address.credential,
    transport: entry.transport ?? "amqp",
    propertyReadsPerSecond: entry.propertyReadsPerSecond ?? null,
    inspectionConsumerGroup: entry.inspectionConsumerGroup ?? null,
    ownershipExpirationSeconds: entry.ownershipExpirationSeconds ?? null,
    consumerGroups: entry.consumerGroups ?? [],
    allowedLag: entry.allowedLag ?? 0,
    consumerGroupSettings: (entry.consumerGroupSettings ?? []).map(
      ({ consumerGroup, allowedLag = null }) => ({ consumerGroup, allowedLag }),
    ),
    checkpointStores: stores.map(({ store }) => store),
    partitionMetrics: entry.partitionMetrics ?? true,
    namespaceAliases: aliases,
    resource,
  };
  const config =
    eventHubName === null
      ? { ...shared, id: entry.id ?? null }
      : { ...shared, id: entry.id ?? eventHubName, eventHubName };
  return { ...resolved, config };
}

function reportHubless(stores: readonly StoreAtPath[], faults: Faults): void {
  for (const { path, store } of stores) {
    const hubless = store.formats.find((format) => format === "eph" || format === "go3");
    if (hubless === undefined) continue;
    faults.report(`${path}.formats: the ${hubless} layout names no hub; give eventHubName`);
  }
}

function resolveResource(entry: HubParts, path: string, faults: Faults): ResourceConfig | null {
  const { subscriptionId, resourceGroup, resourceManagerUrl = null } = entry;
  if (subscriptionId !== undefined && resourceGroup !== undefined) {
    return { subscriptionId, resourceGroup, resourceManagerUrl };
  }
  if (faults.isFaulty(`${path}.subscriptionId`) || faults.isFaulty(`${path}.resourceGroup`)) return null;
  if (subscriptionId !== undefined)
    faults.report(`${path}.resourceGroup: is missing; subscriptionId needs it`);
  if (resourceGroup !== undefined)
    faults.report(`${path}.subscriptionId: is missing; resourceGroup needs it`);
  return null;
}

interface HubAddress {
  fullyQualifiedNamespace: string;
  eventHubName: string | null;
  credential: HubConfig["credential"];
}

function resolveAddress(entry: HubParts, path: string, faults: Faults): HubAddress | null {
  const isFaulty = (key: string) => faults.isFaulty(`${path}.${key}`);
  if (isFaulty("connectionString")) return null;
  const { fullyQualifiedNamespace: stated, connectionString } = entry;
  if (connectionString === undefined) {
    if (stated !== undefined) {
      return { fullyQualifiedNamespace: stated, eventHubName: null, credential: "identity" };
    }
    if (!isFaulty("fullyQualifiedNamespace")) {
      faults.report(`${path}: give fullyQualifiedNamespace, or a connectionString that names it`);
    }
    return null;
  }
  const named = readEventHubsConnectionString(connectionString);
  if ("fault" in named) {
    faults.report(`${path}.connectionString: ${named.fault}`);
    return null;
  }
  reportContradictions(entry, named, path, faults);
  const { fullyQualifiedNamespace, eventHubName, credential } = named;
  return { fullyQualifiedNamespace, eventHubName, credential: credential.kind };
}

function reportContradictions(entry: HubParts, named: EventHubsAddress, path: string, faults: Faults): void {
  const { fullyQualifiedNamespace: stated, eventHubName } = entry;
  if (stated !== undefined && stated !== named.fullyQualifiedNamespace) {
    faults.report(
      `${path}.fullyQualifiedNamespace: is ${stated}, but the connectionString's host is another`,
    );
  }
  const entityPath = named.eventHubName?.toLowerCase() ?? null;
  if (eventHubName !== undefined && entityPath !== null && eventHubName.toLowerCase() !== entityPath) {
    faults.report(
      `${path}.eventHubName: is ${eventHubName}, but the connectionString's EntityPath is another`,
    );
  }
}

function reportDoubles(stores: readonly StoreAtPath[], path: string, faults: Faults): void {
  const seen = new Set<string>();
  for (const { store } of stores) {
    if (seen.has(store.id)) {
      faults.report(
        `${path}.checkpointStores: the id ${JSON.stringify(store.id)} stands twice; give each its own`,
      );
    }
    seen.add(store.id);
  }
}
