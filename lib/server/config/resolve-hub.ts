import { Secret } from "#lib/core/secret.ts";
import type { HubConfig, NamespaceConfig, ResourceConfig, StoreConfig } from "./config.ts";
import { type EventHubAddress, readEventHubConnectionString } from "./connection-strings.ts";
import { resolveStore } from "./resolve-store.ts";
import type { HubEntry } from "./schema.ts";

type Report = (problem: string) => void;

/**
 * @param report is told of every fault. Null where the entry can't be used; a namespace where the entry names no
 * hub.
 */
export function resolveHub(
  entry: HubEntry,
  path: string,
  report: Report,
): HubConfig | NamespaceConfig | null {
  const stores = entry.checkpointStores
    .map((store, index) => resolveStore(store, `${path}.checkpointStores[${index}]`, report))
    .filter((store): store is StoreConfig => store !== null);
  reportDoubles(stores, path, report);
  const resource = resolveResource(entry, path, report);
  const address = resolveAddress(entry, path, report);
  if (address === null) return null;
  const { fullyQualifiedNamespace, eventHubName } = address;
  const shared = {
    fullyQualifiedNamespace,
    connectionString: entry.connectionString === undefined ? null : new Secret(entry.connectionString),
    inspectionConsumerGroup: entry.inspectionConsumerGroup ?? null,
    ownershipExpirationSeconds: entry.ownershipExpirationSeconds ?? null,
    consumerGroups: entry.consumerGroups ?? [],
    allowedLag: entry.allowedLag ?? 0,
    consumerGroupSettings: (entry.consumerGroupSettings ?? []).map(
      ({ consumerGroup, allowedLag = null }) => ({
        consumerGroup,
        allowedLag,
      }),
    ),
    checkpointStores: stores,
    partitionMetrics: entry.partitionMetrics ?? true,
    namespaceAliases: (entry.namespaceAliases ?? []).map((alias) => alias.toLowerCase()),
    resource,
  };
  if (eventHubName !== null) return { ...shared, id: entry.id ?? eventHubName, eventHubName };
  for (const [index, { formats }] of stores.entries()) {
    const hubless = formats.find((format) => format === "eph" || format === "go3");
    if (hubless === undefined) continue;
    report(
      `${path}.checkpointStores[${index}].formats: the ${hubless} layout names no hub; give eventHubName`,
    );
  }
  return { ...shared, id: entry.id ?? null };
}

function resolveResource(entry: HubEntry, path: string, report: Report): ResourceConfig | null {
  const { subscriptionId, resourceGroup, resourceManagerUrl = null } = entry;
  if (subscriptionId !== undefined && resourceGroup !== undefined) {
    return { subscriptionId, resourceGroup, resourceManagerUrl };
  }
  if (subscriptionId !== undefined) report(`${path}.resourceGroup: is missing; subscriptionId needs it`);
  if (resourceGroup !== undefined) report(`${path}.subscriptionId: is missing; resourceGroup needs it`);
  return null;
}

function resolveAddress(entry: HubEntry, path: string, report: Report) {
  const named = readConnectionString(entry, path, report);
  const host = named?.fullyQualifiedNamespace ?? entry.fullyQualifiedNamespace?.toLowerCase();
  if (host === undefined && entry.connectionString === undefined) {
    report(`${path}: give fullyQualifiedNamespace, or a connectionString that names it`);
  }
  if (host?.includes("/") === true || (named === null && host?.includes(":") === true)) {
    report(`${path}.fullyQualifiedNamespace: is a host name such as contoso.servicebus.windows.net, no URL`);
  }
  const eventHubName = entry.eventHubName ?? named?.eventHubName ?? null;
  return host === undefined ? null : { fullyQualifiedNamespace: host, eventHubName };
}

function readConnectionString(entry: HubEntry, path: string, report: Report): EventHubAddress | null {
  if (entry.connectionString === undefined) {
    return null;
  }
  const named = readEventHubConnectionString(entry.connectionString);
  if (named === null) {
    report(
      `${path}.connectionString: is no Event Hubs connection string (Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…)`,
    );
    return null;
  }
  const stated = entry.fullyQualifiedNamespace?.toLowerCase();
  if (stated !== undefined && stated !== named.fullyQualifiedNamespace) {
    report(`${path}.fullyQualifiedNamespace: is ${stated}, but the connectionString's host is another`);
  }
  if (
    entry.eventHubName !== undefined &&
    named.eventHubName !== null &&
    entry.eventHubName.toLowerCase() !== named.eventHubName.toLowerCase()
  ) {
    report(
      `${path}.eventHubName: is ${entry.eventHubName}, but the connectionString's EntityPath is another`,
    );
  }
  return named;
}

function reportDoubles(stores: readonly StoreConfig[], path: string, report: Report): void {
  const seen = new Set<string>();
  for (const store of stores) {
    if (seen.has(store.id)) {
      report(`${path}.checkpointStores: the id ${JSON.stringify(store.id)} stands twice; give each its own`);
    }
    seen.add(store.id);
  }
}
