import type { Reset } from "#lib/api/resets.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";

/** Tells the monitor what a reset wrote, so that the jump is no rewind even if no refresh saw it. */
export function noteOwnWrites(monitor: Monitor, { hub, store, group, entries }: Reset): void {
  for (const { partitionId, after } of entries) {
    if (after === null || !isPartition(partitionId)) continue;
    const { sequenceNumber, updatedAt } = after;
    monitor.noteOwnWrite(hub, { store, name: group }, partitionId, {
      sequenceNumber,
      at: Date.parse(updatedAt),
    });
  }
}

/** A clean-up's entries are blobs, which move no partition. */
function isPartition(id: string): boolean {
  return !id.includes("/");
}
