/** One kind of request to Azure, and how often it was made. */
export interface AzureRequests {
  service: AzureService;
  /** In the SDK's words: `getPartitionProperties`, `listBlobs` … */
  operation: string;
  count: number;
}

export type AzureService = "eventhubs" | "storage" | "resourcemanager";

const counts = new Map<string, AzureRequests>();

/**
 * Counts a request to Azure, where it is made. The tally is the process's own and only grows, as a metric of
 * this kind does; nothing is decided by it.
 */
export function countAzureRequest(service: AzureService, operation: string): void {
  const key = `${service} ${operation}`;
  const known = counts.get(key);
  if (known === undefined) counts.set(key, { service, operation, count: 1 });
  else known.count += 1;
}

/** All that were made since the process's start, by their kinds. */
export function azureRequests(): readonly Readonly<AzureRequests>[] {
  return [...counts.values()];
}
