import { compareOwners, type GroupOwners } from "#lib/history/writing/owner-memory.ts";
import { observedOwnerships } from "#lib/history/writing/refresh-batch.ts";
import type { GroupSnapshot } from "#lib/monitor/snapshot.ts";

/**
 * Counts one group's owner changes between snapshots by the history's rules: claims, thefts, releases and
 * expiries. Nothing before the first observation counts. Stale figures say nothing about owners.
 */
export class OwnerChangeCount {
  #owners: GroupOwners = { previousAt: null, partitions: new Map() };
  #count = 0;

  get count(): number {
    return this.#count;
  }

  observe(snapshot: GroupSnapshot, refreshSeconds: number): void {
    const { stale, observedAt } = snapshot.group;
    if (stale || observedAt === null) return;
    const { owners, changes } = compareOwners(this.#owners, observedOwnerships(snapshot), refreshSeconds);
    this.#owners = owners;
    this.#count += changes.filter(({ kind }) => kind !== "found").length;
  }
}
