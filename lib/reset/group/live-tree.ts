import {
  type CheckpointFormat,
  ownershipsOf,
  type StoredGroup,
  type StoredOwnership,
} from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { ownershipState } from "#lib/ownership/ownership.ts";

/** The time of the reading by the store's clock, and the seconds after which an owner counts as gone. */
export interface Guard {
  storeNow: EpochMs;
  guardSeconds: number;
}

/**
 * A group's folders in the common layout, each ending in a slash. SDKs spell its name differently. `newest`:
 * the folder with the newest blob. `writtenAt`: the newest Last-Modified of each. `othersWrittenAt`: that of
 * another layout.
 */
export interface Trees {
  newest: string | null;
  writtenAt: ReadonlyMap<string, EpochMs>;
  othersWrittenAt: EpochMs | null;
  formats: readonly CheckpointFormat[];
}

export function treeOf(blobName: string): string {
  return blobName.split("/").slice(0, -2).join("/").concat("/");
}

/** Finds the tree where a group lives, by the newest Last-Modified (lib/reset/README.md#which-blob). */
export function treesOf(group: StoredGroup | null, storeNow: EpochMs): Trees {
  const writtenAt = new Map<string, EpochMs>();
  let newest: string | null = null;
  let othersWrittenAt: EpochMs | null = null;
  const consider = (isCommon: boolean, blobName: string, at: EpochMs) => {
    if (!isCommon) {
      othersWrittenAt = Math.max(othersWrittenAt ?? 0, at);
      return;
    }
    const tree = treeOf(blobName);
    writtenAt.set(tree, Math.max(writtenAt.get(tree) ?? 0, at));
    if (newest === null || at > (writtenAt.get(newest) ?? 0)) newest = tree;
  };
  for (const { format, blobName, updatedAt } of group === null
    ? []
    : [...group.checkpoints.values(), ...group.superseded]) {
    consider(format === "common", blobName, updatedAt);
  }
  for (const { leased, blobName, lastRenewedAt } of group === null ? [] : ownershipsOf(group)) {
    // Renewing a lease does not change its blob.
    if (leased !== false) consider(leased === undefined, blobName, leased ? storeNow : lastRenewedAt);
  }
  return { newest, writtenAt, othersWrittenAt, formats: group?.formats ?? [] };
}

export function ownedTree(
  ownerships: readonly StoredOwnership[],
  { storeNow, guardSeconds }: Guard,
): string | null {
  const owned = ownerships.find(
    (each) => each.leased === undefined && ownershipState(each, storeNow, guardSeconds) === "active",
  );
  return owned === undefined ? null : treeOf(owned.blobName);
}
