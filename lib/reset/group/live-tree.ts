import {
  type CheckpointFormat,
  ownershipsOf,
  type StoredGroup,
  type StoredOwnership,
} from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { ownershipState } from "#lib/ownership/ownership.ts";

/** When a reading was taken, by the store's clock, and after how long an owner counts as gone. */
export interface Guard {
  storeNow: EpochMs;
  guardSeconds: number;
}

/** The folders in which a group's blobs of the common layout stand, since SDKs spell its name differently. */
export interface Trees {
  /** The one that was written last, ending in a slash; null: there is none. */
  newest: string | null;
  /** When each was. */
  writtenAt: ReadonlyMap<string, EpochMs>;
  /** When a blob of another layout was; null: there is none. */
  othersWrittenAt: EpochMs | null;
  /** The group's layouts. */
  formats: readonly CheckpointFormat[];
}

/** A group's folder of the common layout, ending in a slash, from a checkpoint's or an ownership's name. */
export function treeOf(blobName: string): string {
  return blobName.split("/").slice(0, -2).join("/").concat("/");
}

/** Where a group lives: the newest Last-Modified tells (lib/reset/README.md#which-blob). */
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

/** The tree whose processors own a partition just now; null: nobody does in any. */
export function ownedTree(
  ownerships: readonly StoredOwnership[],
  { storeNow, guardSeconds }: Guard,
): string | null {
  const owned = ownerships.find(
    (each) => each.leased === undefined && ownershipState(each, storeNow, guardSeconds) === "active",
  );
  return owned === undefined ? null : treeOf(owned.blobName);
}
