import type { CleanupKind } from "#lib/api/plans/cleanups.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import {
  type CheckpointFormat,
  ownershipsOf,
  type StoredCheckpoint,
  type StoredGroup,
  type StoredOwnership,
} from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";

export const restedMs = 7 * 86_400_000;

/**
 * `storeNow`: the listing's time, by the store's clock. `guardSeconds`: an ownership that was not renewed for
 * this long is nobody's. `knownGroups`: lower-cased, as Azure Resource Manager
 * lists them; null: it can't be asked. `leftBehind`: checkpoints that a recorded move left behind in this
 * store, by their names.
 */
export interface CleanupFacts {
  storeNow: EpochMs;
  guardSeconds: number;
  partitionIds: ReadonlySet<string>;
  knownGroups: ReadonlySet<string> | null;
  leftBehind: ReadonlyMap<string, { etag: string; madeBlobName: string }>;
}

/**
 * `sizeBytes` null: not listed. `checkpoint` null: the blob holds none. `needs`: the copy that a move made of
 * this blob.
 */
export interface Candidate {
  blobName: string;
  partitionId: string;
  format: CheckpointFormat;
  etag: string;
  updatedAt: EpochMs;
  sizeBytes: number | null;
  why: CleanupKind;
  checkpoint: StoredCheckpoint | null;
  needs?: string;
}

/** All that could be cleaned up of one group (lib/reset/README.md#clean-ups). Who is in the way is asked elsewhere. */
export function cleanupCandidates(group: StoredGroup, facts: CleanupFacts): Candidate[] {
  const checkpoints = [...group.checkpoints.values(), ...group.superseded];
  // A lease blob is its partition's checkpoint and ownership in one.
  const ownerships = ownershipsOf(group).filter(({ leased }) => leased === undefined);
  const isGone = isGroupGone(group, facts);
  const byName = new Map(checkpoints.map((each) => [each.blobName, each]));
  const leftTrees = treesLeftBehind(byName, facts);
  return [
    ...checkpoints.flatMap((checkpoint): Candidate[] => {
      const { blobName, partitionId, format, etag, updatedAt, sizeBytes = null } = checkpoint;
      const blob = { blobName, partitionId, format, etag, updatedAt, sizeBytes, checkpoint };
      const why = isGone ? "goneGroup" : (strayKind(partitionId, facts) ?? null);
      if (why !== null) return [{ ...blob, why }];
      const left = facts.leftBehind.get(blobName);
      const made = left?.etag === etag ? byName.get(left.madeBlobName) : undefined;
      if (
        left !== undefined &&
        made !== undefined &&
        made !== checkpoint &&
        !isStillRead(format, made.writtenBy)
      )
        return [{ ...blob, why: "leftBehind", needs: left.madeBlobName }];
      return checkpoint.stopsGroup === true ? [{ ...blob, why: "brokenCheckpoint" }] : [];
    }),
    ...ownerships.flatMap((ownership): Candidate[] => {
      const why = isGone ? "goneGroup" : (strayKind(ownership.partitionId, facts) ?? brokenKind(ownership));
      if (why !== null) return [{ ...ownershipBlob(ownership), why }];
      const needs = leftTrees.get(folderOf(ownership.blobName));
      const isRecent = facts.storeNow - ownership.lastRenewedAt < facts.guardSeconds * 1_000;
      return needs === undefined || isRecent
        ? []
        : [{ ...ownershipBlob(ownership), why: "leftBehind", needs }];
    }),
    ...group.misnamed.map(
      (blob): Candidate => ({
        ...blob,
        format: "common",
        why: isGone ? "goneGroup" : "placeholder",
        checkpoint: null,
      }),
    ),
  ];
}

/**
 * True for another spelling of what a move made, until a processor has gone on from that. Go and Rust never do:
 * they read names as typed alone.
 */
export function isStillRead(format: CheckpointFormat, madeWrittenBy: string | null): boolean {
  return format === "common" && isOwnWrite(madeWrittenBy);
}

/**
 * Returns the folders of the common layout that moves left behind for good, each with a checkpoint that a move made of
 * one there: no checkpoint in it was written since, all copies stand, and a processor has gone on from that one.
 */
function treesLeftBehind(
  byName: ReadonlyMap<string, StoredCheckpoint>,
  { leftBehind, partitionIds }: CleanupFacts,
): ReadonlyMap<string, string> {
  const trees = new Map<string, string>();
  const inUse = new Set<string>();
  for (const { blobName, etag, format, partitionId } of byName.values()) {
    if (format !== "common" || !partitionIds.has(partitionId)) continue;
    if (leftBehind.get(blobName)?.etag !== etag) inUse.add(folderOf(blobName));
  }
  for (const [blobName, { madeBlobName }] of leftBehind) {
    const tree = folderOf(blobName);
    const made = byName.get(madeBlobName);
    if (made === undefined) inUse.add(tree);
    else if (!isStillRead("common", made.writtenBy)) trees.set(tree, madeBlobName);
  }
  return new Map([...trees].filter(([tree]) => !inUse.has(tree)));
}

function folderOf(blobName: string): string {
  return blobName.split("/").slice(0, -2).join("/");
}

/**
 * True when Azure does not know it and nothing of it has moved for a week. Without Azure's list no group is
 * told gone.
 */
function isGroupGone(group: StoredGroup, { knownGroups, storeNow }: CleanupFacts): boolean {
  if (knownGroups === null || knownGroups.has(group.name.toLowerCase())) return false;
  const times = [
    ...[...group.checkpoints.values(), ...group.superseded, ...group.misnamed].map(
      ({ updatedAt }) => updatedAt,
    ),
    ...ownershipsOf(group).map(({ lastRenewedAt, leased }) => (leased === true ? storeNow : lastRenewedAt)),
  ];
  return times.every((at) => storeNow - at >= restedMs);
}

function strayKind(partitionId: string, { partitionIds }: CleanupFacts): CleanupKind | null {
  if (partitionIds.has(partitionId)) return null;
  return /^\d+$/.test(partitionId) ? "gonePartition" : "placeholder";
}

function brokenKind({ ownerId }: StoredOwnership): CleanupKind | null {
  return ownerId === null ? "brokenOwnership" : null;
}

function ownershipBlob(ownership: StoredOwnership) {
  const { blobName, partitionId, etag, lastRenewedAt, sizeBytes = null } = ownership;
  return {
    blobName,
    partitionId,
    format: "common" as const,
    etag,
    updatedAt: lastRenewedAt,
    sizeBytes,
    checkpoint: null,
  };
}
