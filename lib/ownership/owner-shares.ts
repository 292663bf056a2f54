import type { EpochMs } from "#lib/core/time.ts";
import { type ObservedOwners, observedProcessors } from "./observed-owners.ts";
import type { ActiveOwner } from "./ownership.ts";

export interface OwnerShare {
  ownerId: string;
  partitionsNow: number;
  fairShare: FairShare | null;
  heldSince: EpochMs | null;
  heldMs: number;
  changes: number;
}

export interface FairShare {
  least: number;
  most: number;
}

export function fairShare(partitions: number, owners: number): FairShare | null {
  if (owners === 0) return null;
  return { least: Math.floor(partitions / owners), most: Math.ceil(partitions / owners) };
}

/**
 * All owners of a range and all current ones: most partitions first, then longest ownership.
 * @param active the current owners; none if the range does not end now
 */
export function ownerShares(
  all: ObservedOwners,
  active: readonly Pick<ActiveOwner, "ownerId" | "partitionIds">[],
  partitionCount: number,
): OwnerShare[] {
  const seen = observedProcessors(all);
  const share = fairShare(partitionCount, active.length);
  const now = new Map(active.map(({ ownerId, partitionIds }) => [ownerId, partitionIds.length]));
  const spans = Map.groupBy(seen.spans, (span) => span.ownerId);
  const changes = changesByOwner(seen);
  const ids = new Set([...now.keys(), ...spans.keys(), ...changes.keys()]);
  const shares = [...ids].map((ownerId): OwnerShare => {
    const own = spans.get(ownerId) ?? [];
    const running = own.filter(({ to }) => to === null);
    const partitionsNow = now.get(ownerId) ?? 0;
    return {
      ownerId,
      partitionsNow,
      fairShare: partitionsNow === 0 ? null : share,
      heldSince:
        partitionsNow === 0 || running.length === 0
          ? null
          : running.reduce((a, { from }) => Math.min(a, from), seen.to),
      heldMs: unionMs(
        own.map(({ from, to }) => [Math.max(from, seen.from), Math.min(to ?? seen.to, seen.to)]),
      ),
      changes: changes.get(ownerId) ?? 0,
    };
  });
  return shares.sort(
    (a, b) => b.partitionsNow - a.partitionsNow || b.heldMs - a.heldMs || (a.ownerId < b.ownerId ? -1 : 1),
  );
}

function changesByOwner({ changes }: ObservedOwners): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (id: string | null) => id !== null && counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { kind, ownerId, previousOwnerId } of changes) {
    count(ownerId);
    // Before a claim, the previous owner had already lost it.
    if (kind !== "claimed") count(previousOwnerId);
  }
  return counts;
}

function unionMs(stretches: readonly (readonly [from: number, to: number])[]): number {
  let [total, until] = [0, Number.NEGATIVE_INFINITY];
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}
