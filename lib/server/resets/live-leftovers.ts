import { AppError } from "#lib/core/app-error.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { Sampler } from "#lib/history/writing/recorder.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { GroupSnapshot, HubSnapshot } from "#lib/monitor/snapshot.ts";
import { deadHolder, releaseLeftovers } from "#lib/reset/live/recover/release-leftovers.ts";
import { log } from "#lib/server/http/log.ts";
import type { ResetPlaces } from "./reset-places.ts";

export interface LeftoversOptions {
  monitor: Monitor;
  places: ResetPlaces;
  records: Pick<ResetRecords, "running">;
  samplerOf(hub: string): Sampler;
}

/**
 * Releases partitions that an ended live reset still holds, found by owner id, for example when storage was
 * away at its end. Returns a function to stop.
 */
export function giveBackLeftovers({ monitor, places, records, samplerOf }: LeftoversOptions): () => void {
  let last: Promise<void> = Promise.resolve();

  async function look({ eventHub: { id: hub }, groups }: HubSnapshot): Promise<void> {
    if (samplerOf(hub) === "others") return;
    for (const { group } of groups.filter(isLeftHeld)) {
      const running = new Set((await records.running()).map(({ id }) => id));
      const place = places.find({ hub, group: group.name, store: group.store });
      const partitionIds = await releaseLeftovers(place, (resetId) => running.has(resetId));
      if (partitionIds.length > 0)
        log.warn(
          { hub, group: group.name, partitionIds },
          "Partitions that a live reset left held are given back.",
        );
    }
  }

  return monitor.subscribe((snapshot) => {
    if (!snapshot.groups.some(isLeftHeld)) return;
    last = last.then(() =>
      look(snapshot).catch((error: unknown) => {
        if (!(error instanceof AppError))
          log.error({ err: error }, "Leftovers of live resets can't be given back.");
      }),
    );
  });
}

function isLeftHeld({ group, listedAt, partitions }: GroupSnapshot): boolean {
  if (group.stale) return false;
  return partitions.some(
    ({ owner }) =>
      owner !== null && deadHolder(owner.ownerId, Date.parse(owner.lastRenewedAt), listedAt) !== null,
  );
}
