import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { StoreConfig } from "./config.ts";
import type { Faults } from "./file/faults.ts";
import type { ResolvedHub, StoreAtPath } from "./resolve-hub.ts";

interface Claim extends StoreAtPath {
  hub: ResolvedHub;
}

/** Layouts that don't name a hub; only the configuration does. */
const hubless: readonly CheckpointFormat[] = ["eph", "go3"];

/**
 * A tree of blobs belongs to one hub and is read once.
 * @param faults gets every second claim
 */
export function reportSharedTrees(hubs: readonly ResolvedHub[], faults: Faults): void {
  const claims = hubs.flatMap((hub) =>
    hub.stores.filter(({ path }) => !faults.isFaulty(path)).map((store): Claim => ({ ...store, hub })),
  );
  for (const [index, claim] of claims.entries()) {
    for (const other of claims.slice(0, index).filter(({ store }) => isSameTree(claim.store, store))) {
      const fault =
        claim.hub === other.hub
          ? sameTree(claim, other)
          : (sameTree(claim, other) ?? sameLayout(claim, other));
      if (fault !== null) faults.report(`${claim.path}: ${fault}`);
    }
  }
}

function isSameTree(one: StoreConfig, other: StoreConfig): boolean {
  return one.containerUrl === other.containerUrl && (one.prefix ?? "") === (other.prefix ?? "");
}

function sameTree({ hub }: Claim, other: Claim): string | null {
  if (hub.eventHubName?.toLowerCase() !== other.hub.eventHubName?.toLowerCase()) return null;
  const [names, otherNames] = [hub.namespaces, other.hub.namespaces];
  if (hub.eventHubName === null || names === null || otherNames === null) return null;
  const shared = names.find((name) => otherNames.includes(name));
  if (shared === undefined) return null;
  if (shared === names[0] && shared === otherNames[0]) {
    return "the same namespace, hub, container and prefix stand twice";
  }
  return `${other.path} claims the same hub, container and prefix, for ${shared} is a name of both namespaces`;
}

function sameLayout({ store }: Claim, other: Claim): string | null {
  const format = hubless.find((one) => clashes(one, store, other.store));
  if (format === undefined) return null;
  return `the ${format} layout names no hub, and ${other.path} claims the same container and prefix for another one`;
}

function clashes(format: CheckpointFormat, one: StoreConfig, other: StoreConfig): boolean {
  if (!one.formats.includes(format) || !other.formats.includes(format)) return false;
  // Two hubs may share a folder of the host's layout if each names its own group.
  const [group, otherGroup] = [one.consumerGroup?.toLowerCase(), other.consumerGroup?.toLowerCase()];
  return format === "go3" || group === undefined || otherGroup === undefined || group === otherGroup;
}
