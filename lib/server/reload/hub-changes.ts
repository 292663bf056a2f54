import type { HubConfig } from "#lib/server/config/config.ts";
import { fingerprint } from "./fingerprint.ts";

/** Ids of hubs, by what a new configuration does to them. */
export interface HubChanges {
  added: string[];
  removed: string[];
  changed: string[];
  /** They were to go or to change, and stay as they are for now. */
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

/** Whether what is known of a hub holds for it with its new configuration: no store's id stands for another place. */
export function isContinued(before: HubConfig, after: HubConfig): boolean {
  return after.checkpointStores.every((store) => {
    const old = before.checkpointStores.find(({ id }) => id === store.id);
    return old === undefined || placeOf(old) === placeOf(store);
  });
}

function placeOf({ containerUrl, prefix, consumerGroup }: HubConfig["checkpointStores"][number]): string {
  return JSON.stringify([containerUrl, prefix ?? "", consumerGroup?.toLowerCase() ?? null]);
}
