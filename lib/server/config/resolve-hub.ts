import { Secret } from "#lib/core/secret.ts";
import type { HubConfig, StoreConfig } from "./config.ts";
import { type EventHubAddress, readEventHubConnectionString } from "./connection-strings.ts";
import { resolveStore } from "./resolve-store.ts";
import type { HubEntry } from "./schema.ts";

type Report = (problem: string) => void;

/** @param report is told of every fault. Null where the entry can't be used. */
export function resolveHub(entry: HubEntry, path: string, report: Report): HubConfig | null {
  const stores = entry.checkpointStores
    .map((store, index) => resolveStore(store, `${path}.checkpointStores[${index}]`, report))
    .filter((store): store is StoreConfig => store !== null);
  reportDoubles(stores, path, report);
  const address = resolveAddress(entry, path, report);
  return address === null
    ? null
    : {
        id: entry.id ?? address.eventHubName,
        ...address,
        connectionString: entry.connectionString === undefined ? null : new Secret(entry.connectionString),
        inspectionConsumerGroup: entry.inspectionConsumerGroup ?? null,
        ownershipExpirationSeconds: entry.ownershipExpirationSeconds ?? null,
        consumerGroups: entry.consumerGroups ?? [],
        checkpointStores: stores,
        namespaceAliases: (entry.namespaceAliases ?? []).map((alias) => alias.toLowerCase()),
      };
}

function resolveAddress(entry: HubEntry, path: string, report: Report) {
  const named = readConnectionString(entry, path, report);
  const host = named?.fullyQualifiedNamespace ?? entry.fullyQualifiedNamespace?.toLowerCase();
  const eventHubName = entry.eventHubName ?? named?.eventHubName ?? undefined;
  if (host === undefined && entry.connectionString === undefined) {
    report(`${path}: give fullyQualifiedNamespace, or a connectionString that names it`);
  }
  if (host?.includes("/") === true || (named === null && host?.includes(":") === true)) {
    report(`${path}.fullyQualifiedNamespace: is a host name such as contoso.servicebus.windows.net, no URL`);
  }
  if (eventHubName === undefined) {
    report(`${path}.eventHubName: is missing, and no EntityPath in a connectionString tells it`);
  }
  return host === undefined || eventHubName === undefined
    ? null
    : { fullyQualifiedNamespace: host, eventHubName };
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
