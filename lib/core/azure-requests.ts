export interface AzureRequests {
  service: AzureService;
  operation: string;
  count: number;
}

export type AzureService = "eventhubs" | "storage" | "resourcemanager";

const counts = new Map<string, AzureRequests>();

/**
 * Counts a request to Azure where it is made, under the SDK's name of the operation, such as `listBlobs`. The
 * process's tally only grows; nothing is decided by it.
 */
export function countAzureRequest(service: AzureService, operation: string): void {
  const key = `${service} ${operation}`;
  const known = counts.get(key);
  if (known === undefined) counts.set(key, { service, operation, count: 1 });
  else known.count += 1;
}

export function azureRequests(): readonly Readonly<AzureRequests>[] {
  return [...counts.values()];
}
