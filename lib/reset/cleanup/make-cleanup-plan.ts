import type { CleanedBlob, CleanupPreviewRequest } from "#lib/api/plans/cleanups.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { mostBodyBytes } from "#lib/checkpoint-store/leases/read-body.ts";
import { type GroupListing, listGroup, prefixesOf } from "#lib/checkpoint-store/listing/group-listing.ts";
import { tagsFault } from "#lib/checkpoint-store/whole/whole-blob.ts";
import { hubAddress } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import { plural } from "#lib/core/figures.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { MadePlanEntry, PlannedWrite, PlanRecord } from "#lib/history/resets/plan-record.ts";
import { type Candidate, type CleanupFacts, cleanupCandidates } from "#lib/ownership/cleanup-candidates.ts";
import { knownGroupsOf } from "../group/known-groups.ts";
import { withMissingRights } from "../group/missing-rights.ts";
import type { ResetPlace } from "../group/place.ts";
import type { PlanHead } from "../plan/build-plan.ts";
import { inTheWay } from "../plan/in-the-way.ts";
import { type Observation, observe } from "../plan/observation.ts";
import { blankEntry, type PlannedEntry } from "../plan/plan-entry.ts";
import { ownersOf } from "./own-tree.ts";

/**
 * Plans a clean-up: deletes blobs that nobody needs, and repairs broken ownerships of partitions that exist. Changes
 * nothing.
 * @throws AppError `invalidRequest` for a blob that can't be cleaned up; `azure…` when a reading fails
 */
export async function makeCleanupPlan(
  place: ResetPlace,
  { blobs }: CleanupPreviewRequest,
  leftBehind: CleanupFacts["leftBehind"],
  head: PlanHead,
  abortSignal: AbortSignal,
): Promise<PlanRecord> {
  const observation = await observe(place, abortSignal);
  const { known, because } = await knownGroupsOf(place, abortSignal);
  // What else can be cleaned up does not depend on the list.
  const warnings: Reason[] = because === null ? [] : [reason("goneGroupsNotKnown", { because })];
  const all =
    observation.group === null
      ? []
      : cleanupCandidates(observation.group, {
          storeNow: observation.storeNow,
          guardSeconds: observation.guardSeconds,
          partitionIds: new Set(observation.hub.partitions.map(({ partitionId }) => partitionId)),
          knownGroups: known === null ? null : new Set(known.map((name) => name.toLowerCase())),
          leftBehind,
        });
  const more = observation.group?.misnamedMore ?? 0;
  if (more > 0) warnings.push(reason("moreMisnamed", { blobs: more }));
  const candidates = chosen(all, blobs);
  const listing = await listGroup(place.container, prefixesOf(candidates), { abortSignal });
  const planned = candidates.map((candidate) => planBlob(candidate, place, observation, listing));
  const writes = planned.flatMap(({ write }) => (write === null ? [] : [write]));
  const entries = planned.map(({ entry }) => entry);
  warnings.push(...(await unkept(place, writes, abortSignal)));
  const record = {
    plan: cleanupPlan(place, head, { kind: "cleanup" }, entries, writes.length, warnings),
    address: hubAddress(place),
    createdOn: observation.hub.createdOn,
    writes,
  };
  return withMissingRights(record, place, abortSignal);
}

/** Index tags are read when a blob is deleted, so one look beforehand tells if they can be. */
async function unkept(
  { container, store }: ResetPlace,
  writes: readonly PlannedWrite[],
  abortSignal: AbortSignal,
): Promise<Reason[]> {
  const deleted = writes.find(({ act }) => act === "remove");
  if (deleted === undefined) return [];
  const fault = await tagsFault(container, deleted.blobName, { abortSignal });
  return fault === null ? [] : [reason("tagsNotKept", { store, because: failureOf(fault) })];
}

export function cleanupPlan(
  place: ResetPlace,
  head: PlanHead,
  target: PlanRecord["plan"]["target"],
  entries: MadePlanEntry[],
  writes: number,
  warnings: Reason[] = [],
): PlanRecord["plan"] {
  const nothing =
    entries.length === 0 ? reason("nothingToClean") : reason("allBlobsBlocked", { blobs: entries.length });
  return {
    planId: head.planId,
    hub: place.hub,
    group: place.group,
    store: place.store,
    mode: "offline",
    handlerSeconds: null,
    target,
    resolvedTime: null,
    createdAt: toIso(head.createdAt),
    expiresAt: toIso(head.expiresAt),
    actor: head.actor,
    blockedBy: writes > 0 ? null : nothing,
    warnings,
    entries,
    unchanged: 0,
    unchangedPartitions: [],
    unchangedAtEdge: 0,
  };
}

/** Leaves out broken checkpoints of existing partitions unless named: a reset repairs those and keeps the position. */
function chosen(all: readonly Candidate[], wanted: CleanupPreviewRequest["blobs"]): Candidate[] {
  if (wanted === "all") return all.filter(({ why }) => why !== "brokenCheckpoint");
  const names = new Set(wanted);
  const found = all.filter(({ blobName }) => names.delete(blobName));
  if (names.size === 0) return found;
  const [first] = names;
  throw new AppError(
    "invalidRequest",
    `blobs has ${plural(names.size, "name")} that can't be cleaned up, such as ${first}. Name none to see all that can.`,
  );
}

function planBlob(
  candidate: Candidate,
  place: ResetPlace,
  observation: Observation,
  { blobs, readAt }: GroupListing,
): PlannedEntry {
  const { blobName, partitionId, format, etag, updatedAt, why, checkpoint, needs } = candidate;
  const blob = blobs.get(blobName);
  const isRepair = why === "brokenOwnership";
  const entry = cleanedEntry(blobName, checkpoint, {
    partitionId,
    why,
    act: isRepair ? "repair" : "delete",
    sizeBytes: blob?.size ?? 0,
    updatedAt: toIso(updatedAt),
    ageSeconds: Math.max(0, Math.round((readAt - updatedAt) / 1_000)),
  });
  const blocked = (blockedBy: Reason) => ({ entry: { ...entry, blockedBy }, write: null });
  if (blob?.etag !== etag) return blocked(reason("blobChanged", { blobName }));
  const { blockedBy } = inTheWay(
    {
      checkpoint,
      others: [],
      ownerships: ownersOf(candidate, observation.ownerships),
      isContested: false,
    },
    {
      mode: "offline",
      storeNow: observation.storeNow,
      guardSeconds: observation.guardSeconds,
      checkpointSeconds: place.observedCheckpointSeconds(partitionId),
    },
  );
  if (blockedBy !== null) return blocked(blockedBy);
  if (blob.leased) return blocked(reason("blobLeased"));
  const { size: bytes } = blob;
  if (bytes > mostBodyBytes)
    return blocked(reason("blobNotKept", { blobName, bytes, mostBytes: mostBodyBytes }));
  const cleans = { partitionId, why, ...(needs !== undefined && { needs }) };
  return {
    entry: why === "brokenCheckpoint" ? { ...entry, warnings: [reason("startsAtDefault")] } : entry,
    write: {
      partitionId: blobName,
      blobName,
      format,
      etag,
      sequenceNumber: -1,
      offset: "",
      act: isRepair ? "release" : "remove",
      cleans,
    },
  };
}

export function cleanedEntry(
  blobName: string,
  current: { sequenceNumber: number | null; offset: string | null; updatedAt: EpochMs } | null,
  cleans: CleanedBlob,
): MadePlanEntry {
  const entry = blankEntry(blobName, current);
  return { ...entry, cleans, ...(cleans.act === "delete" && { removes: true as const }) };
}
