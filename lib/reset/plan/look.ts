import type { HubReading } from "#lib/core/hub-reading.ts";
import {
  ownershipsOf,
  type StoredCheckpoint,
  type StoredGroup,
  type StoredOwnership,
} from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { guardSecondsOf } from "../apply/group-sight.ts";
import type { ResetPlace } from "../place.ts";
import type { PartitionBlobs } from "./in-the-way.ts";

/** A group and its hub as they stand now. */
export interface Look {
  /** Null: the group has no blob here. */
  group: StoredGroup | null;
  /** The listing's time, by the store's clock: what blobs' times are compared with. */
  storeNow: EpochMs;
  /** After which an owner counts as gone. */
  guardSeconds: number;
  hub: HubReading;
  /** Of checkpoints in other spellings or layouts than the one that counts, by partition. */
  others: ReadonlyMap<string, readonly StoredCheckpoint[]>;
  /** Of every spelling and layout, by partition; the one that counts first. */
  ownerships: ReadonlyMap<string, readonly StoredOwnership[]>;
  contested: ReadonlySet<string>;
}

/** Reads the blobs first and the hub second, so that no checkpoint seems to lie past the end. @throws AppError */
export async function lookAt(place: ResetPlace, abortSignal: AbortSignal): Promise<Look> {
  const { groups, readAt } = await place.readStore(abortSignal);
  const hub = await place.readHub(abortSignal);
  const group = groups.get(place.group.toLowerCase()) ?? null;
  return {
    group,
    storeNow: readAt,
    guardSeconds: guardSecondsOf(place),
    hub,
    others: byPartition(group?.superseded ?? []),
    ownerships: byPartition(group === null ? [] : ownershipsOf(group)),
    contested: new Set(place.contestedPartitions()),
  };
}

function byPartition<T extends { partitionId: string }>(all: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) found.set(one.partitionId, [...(found.get(one.partitionId) ?? []), one]);
  return found;
}

export function blobsOf({ group, others, ownerships, contested }: Look, partitionId: string): PartitionBlobs {
  return {
    checkpoint: group?.checkpoints.get(partitionId) ?? null,
    others: others.get(partitionId) ?? [],
    ownerships: ownerships.get(partitionId) ?? [],
    isContested: contested.has(partitionId),
  };
}
