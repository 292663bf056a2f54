import {
  ownershipsOf,
  type StoredCheckpoint,
  type StoredGroup,
  type StoredOwnership,
} from "#lib/core/stored-blobs.ts";

/** What a group's blobs say, by partition. */
export interface GroupBlobs {
  /** Null: the group has no blob here. */
  group: StoredGroup | null;
  /** Of checkpoints in other spellings or layouts than the one that counts. */
  others: ReadonlyMap<string, readonly StoredCheckpoint[]>;
  /** Of every spelling and layout; the one that counts first. */
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
