import {
  ownershipsOf,
  type StoredCheckpoint,
  type StoredGroup,
  type StoredOwnership,
} from "#lib/core/stored-blobs.ts";

/**
 * `group` null: it has no blobs in this store. `others`: checkpoints in spellings and layouts that don't
 * count, by partition. `ownerships`: in every spelling and layout, the one that counts first, by partition.
 */
export interface GroupBlobs {
  group: StoredGroup | null;
  others: ReadonlyMap<string, readonly StoredCheckpoint[]>;
  ownerships: ReadonlyMap<string, readonly StoredOwnership[]>;
}

export function byPartition(group: StoredGroup | null): GroupBlobs {
  return {
    group,
    others: grouped(group?.superseded ?? []),
    ownerships: grouped(group === null ? [] : ownershipsOf(group)),
  };
}

export function blobsIn({ group, others, ownerships }: GroupBlobs, partitionId: string) {
  return {
    checkpoint: group?.checkpoints.get(partitionId) ?? null,
    others: others.get(partitionId) ?? [],
    ownerships: ownerships.get(partitionId) ?? [],
  };
}

function grouped<T extends { partitionId: string }>(all: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) found.set(one.partitionId, [...(found.get(one.partitionId) ?? []), one]);
  return found;
}
