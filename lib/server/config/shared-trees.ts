import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { HubConfig, StoreConfig } from "./config.ts";

interface Claim {
  path: string;
  hub: HubConfig;
  store: StoreConfig;
}

/** The layouts that name no hub: whose such a tree is stands in the configuration alone. */
const hubless: readonly CheckpointFormat[] = ["eph", "go3"];

/** One tree of a layout that names no hub can be of one hub only. @param report is told of every second claim */
export function reportSharedTrees(
  hubs: readonly { path: string; hub: HubConfig }[],
  report: (problem: string) => void,
): void {
  const claims = hubs.flatMap(({ path, hub }) =>
    hub.checkpointStores.map(
      (store, index): Claim => ({ path: `${path}.checkpointStores[${index}]`, hub, store }),
    ),
  );
  for (const [index, claim] of claims.entries()) {
    for (const other of claims.slice(0, index)) {
      if (claim.hub === other.hub || !isSameTree(claim.store, other.store)) continue;
      const format = hubless.find((one) => clashes(one, claim.store, other.store));
      if (format === undefined) continue;
      report(
        `${claim.path}: the ${format} layout names no hub, and ${other.path} claims the same container and prefix for another one`,
      );
    }
  }
}

function isSameTree(one: StoreConfig, other: StoreConfig): boolean {
  return one.containerUrl === other.containerUrl && (one.prefix ?? "") === (other.prefix ?? "");
}

function clashes(format: CheckpointFormat, one: StoreConfig, other: StoreConfig): boolean {
  if (!one.formats.includes(format) || !other.formats.includes(format)) return false;
  // The host's layout names the group, so two hubs may share a folder where each names its own.
  const [group, otherGroup] = [one.consumerGroup?.toLowerCase(), other.consumerGroup?.toLowerCase()];
  return format === "go3" || group === undefined || otherGroup === undefined || group === otherGroup;
}
