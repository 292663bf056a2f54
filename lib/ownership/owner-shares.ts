import type { EpochMs } from "#lib/core/time.ts";
import { type OwnersSeen, processorsSeen } from "./owners-seen.ts";
import type { ActiveOwner } from "./ownership.ts";

export interface OwnerShare {
  ownerId: string;
  partitionsNow: number;
  /** What it would own if all shared evenly; null for one that owns nothing now. */
  fairShare: FairShare | null;
  /** When the oldest of what it owns now began; null where it owns nothing, or that is not known. */
  heldSince: EpochMs | null;
  /** How long it owned anything at all in the range. */
  heldMs: number;
  /** Changes in the range that gave it a partition or took one away. */
  changes: number;
}

export interface FairShare {
  least: number;
  most: number;
}

/** How many of so many partitions each of so many owners has where they share evenly; null without owners. */
export function fairShare(partitions: number, owners: number): FairShare | null {
  if (owners === 0) return null;
  return { least: Math.floor(partitions / owners), most: Math.ceil(partitions / owners) };
}

/**
 * Every owner of a range, and those that own something now: those with most partitions first, then by how long
 * they held any.
 * @param active as of now; none where the range does not end at now
 */
export function ownerShares(
  all: OwnersSeen,
  active: readonly Pick<ActiveOwner, "ownerId" | "partitionIds">[],
  partitionCount: number,
): OwnerShare[] {
  const seen = processorsSeen(all);
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

function changesByOwner({ changes }: OwnersSeen): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (id: string | null) => id !== null && counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { kind, ownerId, previousOwnerId } of changes) {
    count(ownerId);
    // Whoever held it before a claim has lost it already.
    if (kind !== "claimed") count(previousOwnerId);
  }
  return counts;
}

/** How long at least one of the stretches lasts. */
function unionMs(stretches: readonly (readonly [from: number, to: number])[]): number {
  let [total, until] = [0, Number.NEGATIVE_INFINITY];
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}
