import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { prefixesOf, withoutCovered } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { type Known, knownOf, type LiveState } from "./state.ts";
import { wasSeenToResume } from "./watch/judge-return.ts";

/** The folders of a group's checkpoints and ownerships, in every spelling. */
export function livePrefixes(writes: readonly PlannedWrite[], group: StoredGroup | null): string[] {
  const prefixes = new Set(prefixesOf(writes));
  for (const { blobName, partitionId, leased } of group?.ownerships.values() ?? []) {
    if (leased === undefined) prefixes.add(blobName.slice(0, -partitionId.length));
  }
  return withoutCovered(prefixes);
}

export function lastOf(hub: HubReading | null, partitionId: string): number | null {
  const properties = hub?.partitions.find((partition) => partition.partitionId === partitionId)?.properties;
  return properties == null || properties.isEmpty ? null : properties.lastEnqueuedSequenceNumber;
}

interface Ended {
  partitionId: string;
  state: LiveState;
}

/** Returns the partitions where progress from the target can't be told from an overwrite. */
export function openIn(states: readonly Ended[]): string[] {
  return states.filter(({ state }) => isOpen(knownOf(state))).map(({ partitionId }) => partitionId);
}

/**
 * Says why no further wave begins, of those `rest` partitions. Null: this one went well or met a conflict. Small
 * steps back can't be judged with very quick processors. They stop the rest unless most of the wave was seen to resume at the target,
 * which shows that handlers are no slower than stated.
 */
export function troubleIn(states: readonly Ended[], isStopped: boolean, rest: number): Reason | null {
  if (isStopped) return reason("dashboardStoppedAmid");
  const ends = states.map(({ partitionId, state }) => ({ partitionId, known: knownOf(state) }));
  const resumed = ends.filter(({ known }) => known.end?.isVerified && wasSeenToResume(known)).length;
  const isTrusted = resumed > states.length / 2;
  const bad = ends.filter(
    ({ known }) =>
      !known.end?.isVerified && known.end?.result !== "conflict" && !(isTrusted && isOpen(known)),
  );
  const [first] = bad;
  if (first === undefined) return null;
  const because = first.known.end?.reason ?? reason("notLookedAt");
  return reason("waveWentWrong", { partitionIds: bad.map(({ partitionId }) => partitionId), rest, because });
}

export function openReason(partitionIds: readonly string[]): Reason | null {
  if (partitionIds.length === 0) return null;
  return reason("someUnknown", { partitionIds: [...partitionIds] });
}

function isOpen({ end, broken, jump }: Known): boolean {
  return end?.result === "unknown" && broken === null && jump !== null;
}
