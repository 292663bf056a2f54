import type { BlobContent } from "#lib/checkpoint-store/formats/format.ts";
import type {
  CheckpointFormat,
  StoredCheckpoint,
  StoredGroup,
  StoredOwnership,
} from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** A blob lease lasts 15 to 60 s, unless it is infinite. */
const longestLeaseMs = 60_000;
/** Keeps snapshots small, whatever somebody stores in a group's folder. */
const mostMisnamed = 20;

/**
 * Sorts blobs into groups by lower-cased name. When several blobs stand for one partition, in other spellings
 * or layouts, the newest counts.
 * @param readAt - the service's time of the listing
 * @param most the number of blobs to name that are no partition's; others are counted
 */
export function collectGroups(
  contents: Iterable<BlobContent>,
  readAt: EpochMs,
  most = mostMisnamed,
): Map<string, StoredGroup> {
  const groups = new Map<string, StoredGroup>();
  const misnamed: Extract<BlobContent, { kind: "misnamed" }>[] = [];
  for (const content of contents) {
    if (content.kind === "misnamed") {
      misnamed.push(content);
      continue;
    }
    const key = content.consumerGroup.toLowerCase();
    const group = groups.get(key) ?? emptyGroup(content.consumerGroup);
    groups.set(key, group);
    group.name = displayName(group.name, content.consumerGroup);
    if (content.kind === "ownership") addOwnership(group, content.ownership, readAt);
    else addCheckpoint(group, content.checkpoint);
  }
  for (const { consumerGroup, blob } of misnamed) {
    const group = groups.get(consumerGroup.toLowerCase());
    if (group === undefined) continue;
    if (group.misnamed.length < most) group.misnamed.push(blob);
    else group.misnamedMore = (group.misnamedMore ?? 0) + 1;
  }
  return groups;
}

function emptyGroup(name: string): StoredGroup {
  return {
    name,
    formats: [],
    checkpoints: new Map(),
    ownerships: new Map(),
    superseded: [],
    otherOwnerships: [],
    misnamed: [],
  };
}

function addCheckpoint(group: StoredGroup, checkpoint: StoredCheckpoint): void {
  addFormat(group, checkpoint.format);
  const known = group.checkpoints.get(checkpoint.partitionId);
  const newer = known === undefined || isNewer(checkpoint, known);
  if (newer) group.checkpoints.set(checkpoint.partitionId, checkpoint);
  const older = newer ? known : checkpoint;
  if (older) group.superseded.push(older);
}

function addOwnership(group: StoredGroup, ownership: StoredOwnership, readAt: EpochMs): void {
  // Only the common format has ownership blobs; other layouts were added with their checkpoint.
  if (ownership.leased === undefined) addFormat(group, "common");
  const known = group.ownerships.get(ownership.partitionId);
  const difference = known === undefined ? 1 : renewedBy(ownership, readAt) - renewedBy(known, readAt);
  const newer = difference > 0 || (difference === 0 && ownership.blobName > (known?.blobName ?? ""));
  if (newer) group.ownerships.set(ownership.partitionId, ownership);
  const older = newer ? known : ownership;
  if (older) group.otherOwnerships.push(older);
}

/** For comparison only. A held lease was renewed within the longest lease time; a free one has no owner. */
function renewedBy({ lastRenewedAt, leased }: StoredOwnership, readAt: EpochMs): EpochMs {
  if (leased === undefined) return lastRenewedAt;
  return leased ? Math.max(lastRenewedAt, readAt - longestLeaseMs) : 0;
}

/**
 * Last-Modified has whole seconds. On a tie a usable checkpoint wins, then a fixed order. A lease blob that
 * was made before any reading never wins, however new.
 */
function isNewer(one: StoredCheckpoint, other: StoredCheckpoint): boolean {
  const saysNothing = isUnused(one);
  if (saysNothing !== isUnused(other)) return !saysNothing;
  if (one.updatedAt !== other.updatedAt) return one.updatedAt > other.updatedAt;
  const usable = one.unreadable === null;
  if (usable !== (other.unreadable === null)) return usable;
  return one.blobName > other.blobName;
}

function isUnused({ format, offset, sequenceNumber, unreadable }: StoredCheckpoint): boolean {
  return format !== "common" && unreadable === null && offset === null && !sequenceNumber;
}

function addFormat(group: StoredGroup, format: CheckpointFormat): void {
  if (!group.formats.includes(format)) group.formats.push(format);
}

function displayName(one: string, other: string): string {
  if (one.toLowerCase() === "$default") return "$Default";
  const typed = (name: string) => name !== name.toLowerCase();
  if (typed(one) !== typed(other)) return typed(one) ? one : other;
  return one < other ? one : other;
}
