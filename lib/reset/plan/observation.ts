import type { HubReading } from "#lib/core/hub-reading.ts";
import {
  ownershipsOf,
  type StoredCheckpoint,
  type StoredGroup,
  type StoredOwnership,
  type StoreReading,
} from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { guardSecondsOf } from "../group/guard-seconds.ts";
import { type Trees, treesOf } from "../group/live-tree.ts";
import type { ResetPlace } from "../group/place.ts";
import type { PartitionBlobs } from "./in-the-way.ts";

/**
 * `group` null: it has no blobs in this store. `others`: checkpoints in spellings and layouts that don't
 * count, by partition. `ownerships`: in every spelling and layout, the one that counts first, by partition.
 */
export interface GroupBlobs {
  group: StoredGroup | null;
  others: ReadonlyMap<string, readonly StoredCheckpoint[]>;
  ownerships: ReadonlyMap<string, readonly StoredOwnership[]>;
}

/**
 * A group and its hub, read together. Blobs' times are compared with `storeNow`, the time of their listing by
 * the store's clock. An owner that hasn't renewed for `guardSeconds` counts as gone.
 */
export interface Observation extends GroupBlobs {
  storeNow: EpochMs;
  guardSeconds: number;
  hub: HubReading;
  contested: ReadonlySet<string>;
  trees: Trees;
}

/**
 * Reads a group. The hub is read after the blobs, so that no checkpoint seems to lie past the end.
 * @param partitionIds default: all. @throws AppError when the store or the hub can't be read
 */
export async function observe(
  place: ResetPlace,
  abortSignal: AbortSignal,
  partitionIds?: readonly string[],
): Promise<Observation> {
  const reading = await place.readStore(abortSignal);
  return observationOf(place, reading, await place.readHub(abortSignal, partitionIds));
}

export function observationOf(
  place: ResetPlace,
  { groups, readAt }: Pick<StoreReading, "groups" | "readAt">,
  hub: HubReading,
): Observation {
  const group = groups.get(place.group.toLowerCase()) ?? null;
  return {
    storeNow: readAt,
    guardSeconds: guardSecondsOf(place),
    hub,
    ...byPartition(group),
    trees: treesOf(group, readAt),
    contested: new Set(place.contestedPartitions()),
  };
}

export function blobsOf(observation: Observation, partitionId: string): PartitionBlobs {
  return { ...blobsIn(observation, partitionId), isContested: observation.contested.has(partitionId) };
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
