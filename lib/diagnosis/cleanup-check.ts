import type { Check } from "#lib/api/diagnosis.ts";
import type { CleanupKind } from "#lib/api/plans/cleanups.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { formatDuration, formatRanges, plural } from "#lib/core/figures.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { RefreshEvidence } from "#lib/monitor/snapshot.ts";
import { type Candidate, type CleanupFacts, cleanupCandidates } from "#lib/ownership/cleanup-candidates.ts";
import { guardingExpirationSeconds } from "#lib/ownership/expiration.ts";
import { pass, type Subject, skip, warn } from "./check.ts";
import type { DiagnosedHub, DiagnosedStore } from "./subject-hub.ts";

/**
 * Blobs that nobody needs, or that want a repair, with age and size. A broken checkpoint of an existing
 * partition is told by another check: a reset repairs it.
 * @param leftBehind by recorded moves in this store; null: not known
 */
export function cleanupCheck(
  { ownershipExpirationSeconds }: Pick<DiagnosedHub, "ownershipExpirationSeconds">,
  store: DiagnosedStore,
  reading: StoreReading | null,
  { hub, catalog }: Pick<RefreshEvidence, "hub" | "catalog">,
  leftBehind: CleanupFacts["leftBehind"] | null,
): Check {
  const subject: Subject = {
    check: "cleanup",
    title: "No leftover blobs",
    store: store.id,
    names: "ownHub",
  };
  if (reading === null) return skip(subject, reason("storeNotRead"));
  if (hub.reading === null) return skip(subject, reason("hubNotRead"));
  if (reading.groups.size === 0) return skip(subject, reason("noBlobs"));
  const knownGroups = namesIn(catalog);
  const facts = {
    storeNow: reading.readAt,
    guardSeconds: guardingExpirationSeconds(ownershipExpirationSeconds, null),
    partitionIds: new Set(hub.reading.partitions.map(({ partitionId }) => partitionId)),
    knownGroups,
    leftBehind: leftBehind ?? new Map(),
  };
  const found = [...reading.groups.values()].flatMap((group) =>
    cleanupCandidates(group, facts)
      .filter(({ why }) => why !== "brokenCheckpoint")
      .map((blob) => ({ ...blob, group: group.name })),
  );
  const unnamed = [...reading.groups.values()].reduce((sum, { misnamedMore = 0 }) => sum + misnamedMore, 0);
  const asksGroups = knownGroups !== null;
  const knowsMoves = leftBehind !== null;
  if (found.length === 0) {
    if (!asksGroups) return skip(subject, reason("goneGroupsNotSeen"));
    return knowsMoves
      ? pass(subject, { detail: reason("nothingLeftOver") })
      : skip(subject, reason("movesNotKnown"));
  }
  const groups = [...new Set(found.map(({ group }) => group))];
  const oldest = Math.min(...found.map(({ updatedAt }) => updatedAt));
  return warn(subject, {
    detail: reason("blobsLeftOver", {
      blobs: found.length + unnamed,
      groups,
      bytes:
        unnamed > 0 || found.some(({ sizeBytes }) => sizeBytes === null)
          ? null
          : found.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0),
      oldestSeconds: secondsSince(oldest, reading.readAt),
      asksGroups,
      knowsMoves,
    }),
    remedy: reason("cleanUpGroups"),
    items: linesOf(found, reading.readAt),
  });
}

/** Null: not asked, or never answered. A hub always has one group at least. */
function namesIn(catalog: RefreshEvidence["catalog"]): ReadonlySet<string> | null {
  if (catalog === null || catalog.fault !== null || catalog.consumerGroups.length === 0) return null;
  return new Set(catalog.consumerGroups.map((name) => name.toLowerCase()));
}

const whys: Record<CleanupKind, { one: string; many: string }> = {
  goneGroup: { one: "its group is gone", many: "their group is gone" },
  gonePartition: { one: "its partition is gone", many: "their partitions are gone" },
  placeholder: { one: "it is no partition's", many: "they are no partition's" },
  leftBehind: { one: "a move left it behind", many: "a move left them behind" },
  brokenCheckpoint: { one: "it is broken", many: "they are broken" },
  brokenOwnership: { one: "it names no owner", many: "they name no owner" },
};

/** One line for all blobs of a folder that are left over for one reason: a group has one for each partition. */
function linesOf(found: readonly Candidate[], now: EpochMs): string[] {
  const alike = Map.groupBy(found, ({ blobName, why }) => JSON.stringify([why, folderOf(blobName)]));
  return [...alike.values()].map((blobs) => lineOf(blobs, now));
}

function lineOf(blobs: readonly Candidate[], now: EpochMs): string {
  const [{ blobName, why } = { blobName: "", why: "placeholder" as const }] = blobs;
  const isOne = blobs.length === 1;
  const sizes = blobs.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  const size =
    sizes.length < blobs.length
      ? []
      : [
          plural(
            sizes.reduce((a, b) => a + b, 0),
            "byte",
          ),
        ];
  const ages = blobs.map(({ updatedAt }) => secondsSince(updatedAt, now));
  const [newest, oldest] = [formatDuration(Math.min(...ages)), formatDuration(Math.max(...ages))];
  const folder = folderOf(blobName);
  const names = formatRanges(blobs.map((blob) => blob.blobName.slice(folder.length)));
  return `${folder}${names}: ${[
    isOne ? whys[why].one : whys[why].many,
    ...(isOne ? [] : [plural(blobs.length, "blob")]),
    ...size,
    `not changed for ${newest === oldest ? oldest : `${newest} to ${oldest}`}`,
  ].join("; ")}.`;
}

function folderOf(blobName: string): string {
  return blobName.slice(0, blobName.lastIndexOf("/") + 1);
}

function secondsSince(at: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.round((now - at) / 1_000));
}
