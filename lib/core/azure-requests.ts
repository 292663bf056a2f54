export interface AzureRequests {
  service: AzureService;
  /** The SDK's name: `getPartitionProperties`, `listBlobs` … */
  operation: string;
  count: number;
}

export type AzureService = "eventhubs" | "storage" | "resourcemanager";

const counts = new Map<string, AzureRequests>();

/**
 * Counts a request to Azure where it is made. The process's tally only grows, like a counter metric; nothing
 * is decided by it.
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
