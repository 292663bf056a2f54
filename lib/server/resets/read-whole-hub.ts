import type { HubReading } from "#lib/core/hub-reading.ts";
import type { HubReader } from "#lib/event-hub/hub-reader.ts";

/**
 * Reads a hub for a plan or a reset, which blocks or fails a partition that is missing: those that failed for
 * a passing reason are read once more. @throws AppError as `HubReader.read` does
 */
export async function readWholeHub(
  reader: Pick<HubReader, "read">,
  options: Parameters<HubReader["read"]>[0] = {},
): Promise<HubReading> {
  const first = await reader.read(options);
  const failed = first.partitions.filter(({ error }) => error?.retryable);
  if (failed.length === 0) return first;
  const partitionIds = failed.map(({ partitionId }) => partitionId);
  const second = await reader.read({ ...options, partitionIds }).catch(() => null);
  if (second?.createdOn !== first.createdOn) return first;
  const again = new Map(second.partitions.map((reading) => [reading.partitionId, reading]));
  const partitions = first.partitions.map((reading) => again.get(reading.partitionId) ?? reading);
  return { ...first, partitions };
}
