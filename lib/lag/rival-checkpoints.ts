import type { StoredCheckpoint, StoredGroup } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** A partition whose checkpoint stands in more than one blob, in other casings or other layouts. */
export interface SeveralCheckpoints {
  partitionId: string;
  /** The newest, which counts. */
  counted: StoredCheckpoint;
  others: StoredCheckpoint[];
  /**
   * More than one of them was written within the expiry: two kinds of processors are at work, and which of them
   * would take up a reset can't be known.
   */
  isContested: boolean;
}

/**
 * The partitions of a group that more than one blob speaks for.
 * @param storeNow - the listing's time, by the service's clock
 */
export function severalCheckpoints(
  group: StoredGroup,
  storeNow: EpochMs,
  expirationSeconds: number,
): Map<string, SeveralCheckpoints> {
  const several = new Map<string, SeveralCheckpoints>();
  const isRecent = ({ updatedAt }: StoredCheckpoint) => storeNow - updatedAt < expirationSeconds * 1000;
  for (const other of group.superseded) {
    const counted = group.checkpoints.get(other.partitionId);
    if (counted === undefined) continue;
    const known = several.get(other.partitionId);
    const isContested = isRecent(counted) && isRecent(other);
    if (known === undefined) {
      several.set(other.partitionId, {
        partitionId: other.partitionId,
        counted,
        others: [other],
        isContested,
      });
    } else {
      known.others.push(other);
      known.isContested ||= isContested;
    }
  }
  for (const { others } of several.values()) others.sort((a, b) => b.updatedAt - a.updatedAt);
  return several;
}
