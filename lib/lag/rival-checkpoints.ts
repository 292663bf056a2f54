import type { StoredCheckpoint, StoredGroup } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";

export interface SeveralCheckpoints {
  partitionId: string;
  counted: StoredCheckpoint;
  others: StoredCheckpoint[];
  isContested: boolean;
}

/**
 * The partitions of a group with several checkpoint blobs. When several were written within the expiry, they
 * are contested: two kinds of processors are at work, and nobody knows which would take up a reset.
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
