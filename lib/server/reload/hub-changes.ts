import type { HubConfig } from "#lib/server/config/config.ts";
import { fingerprint } from "./fingerprint.ts";

export interface HubChanges {
  added: string[];
  removed: string[];
  changed: string[];
  held: string[];
}

export function compareHubs(
  before: readonly HubConfig[],
  after: readonly HubConfig[],
): Omit<HubChanges, "held"> {
  const old = new Map(before.map((hub) => [hub.id, fingerprint(hub)]));
  const ids = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)).map(({ id }) => id),
    removed: before.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
    changed: after
      .filter((hub) => old.has(hub.id) && old.get(hub.id) !== fingerprint(hub))
      .map(({ id }) => id),
  };
}

/** True when a hub's figures stay valid: no store's id now means another tree of blobs. */
export function isContinued(before: HubConfig, after: HubConfig): boolean {
  return after.checkpointStores.every((store) => {
    const old = before.checkpointStores.find(({ id }) => id === store.id);
    return old === undefined || treeOf(old) === treeOf(store);
  });
}

function treeOf({ containerUrl, prefix, consumerGroup }: HubConfig["checkpointStores"][number]): string {
  return JSON.stringify([containerUrl, prefix ?? "", consumerGroup?.toLowerCase() ?? null]);
}
