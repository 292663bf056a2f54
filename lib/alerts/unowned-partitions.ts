import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { GroupSnapshot, HubSnapshot } from "#lib/monitor/snapshot.ts";

/**
 * Since when a partition has been seen without an owner. Null: it has an owner, or its ownership blob tells.
 */
export type UnownedSince = (group: GroupSnapshot, partitionId: string) => EpochMs | null;

/**
 * Remembers since when partitions have no owner, by the store's clock, when no blob tells: either nobody ever
 * claimed it although others of its group are owned, or a blob lease is free. In memory only, so a restart
 * counts anew.
 */
export class UnownedPartitions {
  #since = new Map<string, EpochMs>();

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

  readonly since: UnownedSince = (group, partitionId) => this.#since.get(keyOf(group, partitionId)) ?? null;
}

/** Ownership is a blob lease here. The blob's time of change does not tell when the lease became free. */
export function hasLeases({ group }: GroupSnapshot): boolean {
  return group.formats.length > 0 && !group.formats.includes("common");
}

function isUnowned({ owner }: GroupPartition, group: GroupSnapshot): boolean {
  // If nobody owns anything, the group runs without load balancing.
  if (owner === null) return group.group.ownedPartitions > 0;
  return owner.state !== "active" && hasLeases(group);
}

function keyOf({ group: { store, name } }: GroupSnapshot, partitionId: string): string {
  return JSON.stringify([store, name.toLowerCase(), partitionId]);
}
