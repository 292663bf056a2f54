import { openAccount } from "#lib/checkpoint-store/container.ts";
import { findHubNames } from "#lib/checkpoint-store/hub-names.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { ResourceReader } from "#lib/event-hub/resource-reader.ts";
import type { HubConfig, NamespaceConfig, StoreConfig } from "#lib/server/config/config.ts";
import { accountAddress, containerOf } from "./store-source.ts";

export interface FoundHubs {
  names: string[];
  faults: string[];
}

/**
 * Finds a namespace's event hubs: from Azure Resource Manager if allowed, else from the stores' trees. Never
 * throws; failures are in `faults`.
 */
export async function findHubs(
  namespace: NamespaceConfig,
  resources: ResourceReader | null,
  abortSignal: AbortSignal,
): Promise<FoundHubs> {
  const faults: string[] = [];
  const ask = async (question: Promise<string[]>): Promise<string[] | null> => {
    try {
      return await question;
    } catch (error) {
      faults.push(error instanceof AppError ? error.message : "A place could not be asked for event hubs.");
      return null;
    }
  };
  const names = [namespace.fullyQualifiedNamespace, ...namespace.namespaceAliases];
  const [listed, ...mentioned] = await Promise.all([
    ask(resources === null ? Promise.resolve([]) : resources.eventHubs({ abortSignal })),
    ...namespace.checkpointStores.map((store) => ask(hubNames(store, names, abortSignal))),
  ]);
  // The manager's list is complete: other trees belong to deleted hubs.
  const isComplete = resources !== null && listed !== null;
  const all = isComplete ? listed : mentioned.flatMap((one) => one ?? []);
  return { names: withoutCase(all), faults };
}

export function foundHub(
  namespace: NamespaceConfig,
  eventHubName: string,
  ids: ReadonlySet<string>,
): HubConfig {
  const isFree = namespace.id === null && !ids.has(eventHubName);
  const id = isFree ? eventHubName : `${namespace.id ?? labelOf(namespace)}/${eventHubName}`;
  return { ...namespace, id, eventHubName };
}

export function labelOf({
  fullyQualifiedNamespace,
}: Pick<NamespaceConfig, "fullyQualifiedNamespace">): string {
  return fullyQualifiedNamespace.split(".")[0] ?? fullyQualifiedNamespace;
}

async function hubNames(
  store: StoreConfig,
  names: readonly string[],
  abortSignal: AbortSignal,
): Promise<string[]> {
  if (store.isAccount) return findHubNames(openAccount(accountAddress(store)), names, abortSignal);
  return findHubNames(containerOf(store), names, abortSignal);
}

/** Prefers the spelling with capitals, as typed; blobs are mostly lower-cased. */
function withoutCase(names: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const name of names) {
    const key = name.toLowerCase();
    const known = found.get(key);
    if (known === undefined || (known === key && name !== key)) found.set(key, name);
  }
  return [...found.values()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}
