import {
  ownershipsOf,
  type StoredCheckpoint,
  type StoredGroup,
  type StoredOwnership,
} from "#lib/core/stored-blobs.ts";

export interface GroupBlobs {
  /** Null: the group has no blobs in this store. */
  group: StoredGroup | null;
  /** Checkpoints in spellings and layouts that don't count, by partition. */
  others: ReadonlyMap<string, readonly StoredCheckpoint[]>;
  /** In every spelling and layout, the one that counts first, by partition. */
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
