import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { prefixesOf } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { LiveState } from "./state.ts";
import { wasSeenToResume } from "./watch/judge-return.ts";

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

interface Ended {
  partitionId: string;
  state: LiveState;
}

/** Of which it can't be told whether their processors went on from the target. */
export function openIn(states: readonly Ended[]): string[] {
  return states.filter(({ state }) => isOpen(state)).map(({ partitionId }) => partitionId);
}

/**
 * Why nothing more is begun after a wave that ended so; null: it went well, or did no harm where it did not. Of
 * small steps back some can't be told, with the quickest of processors: they stop the rest unless most of their
 * wave was seen to go on from the target, since handlers are as slow as stated then.
 */
export function troubleIn(states: readonly Ended[], isStopped: boolean): Reason | null {
  if (isStopped) return reason("dashboardStoppedAmid");
  const resumed = states.filter(({ state }) => state.end?.isVerified && wasSeenToResume(state)).length;
  const isTrusted = resumed > states.length / 2;
  const bad = states.filter(
    ({ state }) =>
      !state.end?.isVerified && state.end?.result !== "conflict" && !(isTrusted && isOpen(state)),
  );
  const [first] = bad;
  if (first === undefined) return null;
  const because = first.state.end?.reason ?? reason("notLookedAt");
  return reason("waveWentWrong", { partitionIds: bad.map(({ partitionId }) => partitionId), because });
}

/** What is told of a reset that came to its end all the same; null: nothing. */
export function openReason(partitionIds: readonly string[]): Reason | null {
  if (partitionIds.length === 0) return null;
  return reason("someUnknown", { partitionIds: [...partitionIds] });
}

function isOpen({ end, broken, jump }: LiveState): boolean {
  return end?.result === "unknown" && broken === null && jump !== null;
}
