import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { GroupSnapshot, HubSnapshot } from "#lib/monitor/snapshot.ts";

/** Since when a partition has been seen without an owner; null: it was not, or its ownership blob tells it. */
export type SeenUnownedSince = (group: GroupSnapshot, partitionId: string) => EpochMs | null;

/**
 * Since when partitions are seen without an owner where no blob tells it, by the store's clock: nobody ever claimed
 * one although others of its group are owned, or a blob lease is free, and the blob knows only when it last changed.
 * In memory: a restart counts anew.
 */
export class UnownedSightings {
  #since = new Map<string, EpochMs>();

  /** Takes in a refresh of the hub. What a listing that failed leaves open stays as it was. */
  take({ groups }: HubSnapshot): void {
    const since = new Map<string, EpochMs>();
    for (const group of groups) {
      for (const partition of group.partitions) {
        const key = keyOf(group, partition.partitionId);
        const before = this.#since.get(key);
        if (group.group.stale) {
          if (before !== undefined) since.set(key, before);
        } else if (isUnowned(partition, group)) since.set(key, before ?? group.listedAt);
      }
    }
    this.#since = since;
  }

  readonly since: SeenUnownedSince = (group, partitionId) =>
    this.#since.get(keyOf(group, partitionId)) ?? null;
}

/** Its ownership is a blob lease: when the blob changed says nothing of when the lease became free. */
export function hasLeases({ group }: GroupSnapshot): boolean {
  return group.formats.length > 0 && !group.formats.includes("common");
}

function isUnowned({ owner }: GroupPartition, group: GroupSnapshot): boolean {
  // Where nobody owns anything, nobody shares the partitions out: a group without load balancing.
  if (owner === null) return group.group.ownedPartitions > 0;
  return owner.state !== "active" && hasLeases(group);
}

function keyOf({ group: { store, name } }: GroupSnapshot, partitionId: string): string {
  return JSON.stringify([store, name.toLowerCase(), partitionId]);
}
