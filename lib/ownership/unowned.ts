import type { EpochMs } from "#lib/core/time.ts";
import type { ObservedOwners } from "./observed-owners.ts";

export interface UnownedStretch {
  partitionId: string;
  from: EpochMs;
  to: EpochMs | null;
}

/** Allows for clock skew between the first owner's time and the first observation. */
const clockSlackMs = 5_000;

/**
 * Returns when nobody owned each partition, oldest first: between spans, before the first and after the last,
 * as far back as known. Null when nothing is known.
 */
export function unownedStretches(
  partitionIds: readonly string[],
  { spans, knownFrom, to: end, isLive }: Omit<ObservedOwners, "changes">,
): Map<string, UnownedStretch[]> | null {
  if (knownFrom === null) return null;
  const ofPartition = Map.groupBy(spans, (span) => span.partitionId);
  const stretches = (partitionId: string): UnownedStretch[] => {
    const own = (ofPartition.get(partitionId) ?? []).toSorted((a, b) => a.from - b.from);
    const free: UnownedStretch[] = [];
    let at: EpochMs | null = knownFrom;
    for (const { from, to } of own) {
      const isFirst = at === knownFrom;
      if (at !== null && from - at > (isFirst ? clockSlackMs : 0))
        free.push({ partitionId, from: at, to: from });
      at = to === null ? null : Math.max(at ?? to, to);
    }
    if (at !== null && at < end) free.push({ partitionId, from: at, to: isLive ? null : end });
    return free;
  };
  return new Map(partitionIds.map((partitionId) => [partitionId, stretches(partitionId)]));
}
