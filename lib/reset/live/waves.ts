import { prefixesOf } from "#lib/checkpoint-store/group-listing.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { LiveState } from "./state.ts";

/** How many partitions are taken at once: never more than half of a hub, so that its group goes on reading. */
export function waveSize(partitionsAtOnce: number, partitionCount: number): number {
  return Math.max(1, Math.min(partitionsAtOnce, Math.floor(partitionCount / 2)));
}

/** Where a group's checkpoints and ownerships stand, in whatever spelling. */
export function livePrefixes(writes: readonly PlannedWrite[], group: StoredGroup | null): string[] {
  const prefixes = new Set(prefixesOf(writes));
  for (const { blobName, partitionId, leased } of group?.ownerships.values() ?? []) {
    if (leased === undefined) prefixes.add(blobName.slice(0, -partitionId.length));
  }
  const all = [...prefixes];
  return all.filter((one) => !all.some((other) => other !== one && one.startsWith(other)));
}

/** The last event's; null where the partition is empty or could not be read. */
export function lastOf(hub: HubReading | null, partitionId: string): number | null {
  const properties = hub?.partitions.find((partition) => partition.partitionId === partitionId)?.properties;
  return properties == null || properties.isEmpty ? null : properties.lastEnqueuedSequenceNumber;
}

/** Why nothing more is begun after a wave that ended so; null: it went well, or did no harm where it did not. */
export function troubleIn(
  states: readonly { partitionId: string; state: LiveState }[],
  isStopped: boolean,
): string | null {
  if (isStopped) return "The dashboard was stopped in the middle of it.";
  const bad = states.filter(({ state }) => !state.end?.isVerified && state.end?.result !== "conflict");
  const [first] = bad;
  if (first === undefined) return null;
  const which = bad.length === 1 ? "partition" : "partitions";
  const ids = bad.map(({ partitionId }) => partitionId).join(", ");
  return `What was to be seen after the reset of ${which} ${ids} was not: ${first.state.end?.message ?? "it failed."}`;
}
