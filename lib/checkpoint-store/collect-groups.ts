import type {
  CheckpointFormat,
  StoredCheckpoint,
  StoredGroup,
  StoredOwnership,
} from "#lib/core/stored-blobs.ts";
import type { BlobContent } from "./formats/format.ts";

/**
 * Sorts what blobs say into groups, by lower-cased name. Where several blobs stand for one partition, because
 * SDKs spell names differently, the newest counts: it is the one that lives.
 */
export function collectGroups(contents: Iterable<BlobContent>): Map<string, StoredGroup> {
  const groups = new Map<string, StoredGroup>();
  for (const content of contents) {
    const key = content.consumerGroup.toLowerCase();
    const group = groups.get(key) ?? emptyGroup(content.consumerGroup);
    groups.set(key, group);
    group.name = displayName(group.name, content.consumerGroup);
    if (content.kind === "ownership") addOwnership(group, content.ownership);
    else addCheckpoint(group, content.checkpoint);
  }
  return groups;
}

function emptyGroup(name: string): StoredGroup {
  return { name, formats: [], checkpoints: new Map(), ownerships: new Map(), superseded: [] };
}

function addCheckpoint(group: StoredGroup, checkpoint: StoredCheckpoint): void {
  addFormat(group, checkpoint.format);
  const known = group.checkpoints.get(checkpoint.partitionId);
  const newer = known === undefined || isNewer(checkpoint, known);
  if (newer) group.checkpoints.set(checkpoint.partitionId, checkpoint);
  const older = newer ? known : checkpoint;
  if (older) group.superseded.push(older);
}

function addOwnership(group: StoredGroup, ownership: StoredOwnership): void {
  // Ownership blobs exist in the common format alone; the others keep theirs in the checkpoint's blob.
  addFormat(group, "common");
  const known = group.ownerships.get(ownership.partitionId);
  const newer =
    known === undefined ||
    ownership.lastRenewedAt > known.lastRenewedAt ||
    (ownership.lastRenewedAt === known.lastRenewedAt && ownership.blobName > known.blobName);
  if (newer) group.ownerships.set(ownership.partitionId, ownership);
}

/** Last-Modified counts in whole seconds: of two alike the usable one, then always the same one. */
function isNewer(one: StoredCheckpoint, other: StoredCheckpoint): boolean {
  if (one.updatedAt !== other.updatedAt) return one.updatedAt > other.updatedAt;
  const usable = one.unreadable === null;
  if (usable !== (other.unreadable === null)) return usable;
  return one.blobName > other.blobName;
}

function addFormat(group: StoredGroup, format: CheckpointFormat): void {
  if (!group.formats.includes(format)) group.formats.push(format);
}

/** Of several spellings the one with capitals, as someone typed it; else the first in the alphabet. */
function displayName(one: string, other: string): string {
  if (one.toLowerCase() === "$default") return "$Default";
  const typed = (name: string) => name !== name.toLowerCase();
  if (typed(one) !== typed(other)) return typed(one) ? one : other;
  return one < other ? one : other;
}
