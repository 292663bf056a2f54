import type { EpochMs } from "#lib/core/time.ts";
import type { OwnersSeen } from "./owners-seen.ts";

export interface UnownedStretch {
  partitionId: string;
  from: EpochMs;
  /** Null: still nobody. */
  to: EpochMs | null;
}

/** Two clocks are compared where the first owner's time lies beside the first look at the group. */
const clockSlackMs = 5_000;

/**
 * The stretches of a range in which nobody owned a partition, by its id, oldest first: between its spans, before
 * the first and after the last, as far back as anything is known. Null where nothing is.
 */
export function unownedStretches(
  partitionIds: readonly string[],
  { spans, knownFrom, to: end, isLive }: Omit<OwnersSeen, "changes">,
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
