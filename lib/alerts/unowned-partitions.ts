import type { AlertRule } from "#lib/api/alerts.ts";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { GroupSnapshot, HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { Cause } from "./incident.ts";
import type { Subject } from "./observation.ts";

/** `isUpperBound`: since then or earlier, since this dashboard did not watch before. */
export interface Unowned {
  since: EpochMs;
  isUpperBound: boolean;
}

/** Since when a partition has been seen without an owner. Null: it has an owner, or its ownership blob tells. */
export type UnownedSince = (group: GroupSnapshot, partitionId: string) => Unowned | null;

/**
 * Remembers since when partitions have no owner, by the store's clock, when no blob tells: either nobody ever
 * claimed it although others of its group are owned, or a blob lease is free. In memory only: after a restart, open
 * incidents tell it.
 */
export class UnownedPartitions {
  #since = new Map<string, Unowned>();
  #watched = new Set<string>();

  /**
   * Goes on after a restart: what an open incident names had no owner for as long as its rule asks. Else the incident
   * would close, and open again once that time has passed anew.
   */
  recall({ summary, lastSeenAt }: Cause, { when }: AlertRule, { store, group }: Subject): void {
    if (!("unownedSeconds" in when) || summary.code !== "partitionsUnowned") return;
    if (store === null || group === null) return;
    const since = lastSeenAt - when.unownedSeconds * 1000;
    for (const id of summary.params.partitionIds) {
      this.#since.set(keyOf(store, group, id), { since, isUpperBound: true });
    }
  }

  take({ groups }: HubSnapshot): void {
    const since = new Map<string, Unowned>();
    const watched = new Set<string>();
    for (const group of groups) {
      const { store, name } = group.group;
      const isUpperBound = !this.#watched.has(keyOf(store, name));
      if (!isUpperBound || !group.group.stale) watched.add(keyOf(store, name));
      for (const partition of group.partitions) {
        const key = keyOf(store, name, partition.partitionId);
        const before = this.#since.get(key);
        if (group.group.stale) {
          if (before !== undefined) since.set(key, before);
        } else if (isUnowned(partition, group)) {
          since.set(key, before ?? { since: group.listedAt, isUpperBound });
        }
      }
    }
    this.#since = since;
    this.#watched = watched;
  }

  readonly since: UnownedSince = ({ group: { store, name } }, partitionId) =>
    this.#since.get(keyOf(store, name, partitionId)) ?? null;
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

function keyOf(store: string, group: string, ...partitionId: string[]): string {
  return JSON.stringify([store, group.toLowerCase(), ...partitionId]);
}
