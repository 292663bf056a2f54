import { compareOwners, type GroupOwners } from "#lib/history/writing/owner-memory.ts";
import { ownerLook } from "#lib/history/writing/refresh-batch.ts";
import type { GroupSnapshot } from "#lib/monitor/snapshot.ts";

/**
 * Counts the changes of one group's owners from snapshot to snapshot, by the rules of the history: a figure
 * for each claim, theft, release and expiry. What happened before the first look is not counted.
 */
export class OwnerChangeCount {
  #owners: GroupOwners = { previousAt: null, partitions: new Map() };
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Takes in a snapshot. One that holds older figures says nothing of the owners' changes. */
  observe(snapshot: GroupSnapshot, refreshSeconds: number): void {
    const { stale, observedAt } = snapshot.group;
    if (stale || observedAt === null) return;
    const { owners, changes } = compareOwners(this.#owners, ownerLook(snapshot), refreshSeconds);
    this.#owners = owners;
    this.#count += changes.filter(({ kind }) => kind !== "found").length;
  }
}
