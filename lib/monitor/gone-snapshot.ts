import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { GoneGroup } from "#lib/history/remembered/gone-group.ts";
import { observeGroup } from "./group/observe-group.ts";
import { HubMemory } from "./memory.ts";
import type { GroupSnapshot } from "./snapshot.ts";

export async function goneSnapshot(
  { store, name, formats, since, lastCheckpointAt }: GoneGroup,
  now: EpochMs,
  refreshMs: number,
): Promise<GroupSnapshot> {
  const memory = new HubMemory(refreshMs);
  const snapshot = await observeGroup(
    {
      name,
      store,
      stored: null,
      storeNow: now,
      reading: { readAt: now, createdOn: 0, isGeoDrEnabled: false, partitions: [] },
      isHubRead: false,
      isConfigured: true,
      isForInspection: false,
      isStoreRead: true,
      configuredExpirationSeconds: null,
      allowedLag: 0,
      refreshMs,
    },
    memory,
    memory.group(store, name),
  );
  const group = {
    ...snapshot.group,
    formats: [...formats],
    lastCheckpointAt: toIso(lastCheckpointAt),
    goneSince: toIso(since),
  };
  return { ...snapshot, group };
}
