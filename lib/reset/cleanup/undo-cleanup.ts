import { reason } from "#lib/api/reasons/reason.ts";
import { stopsProcessors } from "#lib/checkpoint-store/formats/common.ts";
import { listGroup, prefixesOf } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { toIso } from "#lib/core/time.ts";
import type { CleanedWrite, MadePlanEntry, PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { ResetPlace } from "../group/place.ts";
import type { PlanHead } from "../plan/build-plan.ts";
import { mayBeWritten } from "../plan/make-undo-plan.ts";
import { observe } from "../plan/observation.ts";
import type { PlannedEntry } from "../plan/plan-entry.ts";
import { wholeOf } from "../plan/undo-aim.ts";
import { cleanedEntry, cleanupPlan } from "./make-cleanup-plan.ts";

/** True for a clean-up or its undo, which have blobs for entries. */
export function isCleanup({ entries }: Pick<ResetRecord, "entries">): boolean {
  return entries.some(isCleaned);
}

function isCleaned(entry: EntryRecord): entry is EntryRecord & { write: CleanedWrite } {
  return entry.write?.cleans !== undefined;
}

/**
 * Plans to bring back byte for byte what a clean-up deleted or repaired, or to redo what an undo brought back. Leaves
 * alone whatever is there by now.
 * @throws AppError `azure…` when a reading fails
 */
export async function makeCleanupUndoPlan(
  place: ResetPlace,
  reset: ResetRecord,
  head: PlanHead,
  abortSignal: AbortSignal,
): Promise<PlanRecord> {
  const done = reset.entries.filter(isCleaned).filter(mayBeWritten);
  const { hub } = await observe(place, abortSignal);
  const places = done.map(({ write: { blobName, format, cleans } }) => ({
    blobName,
    format,
    partitionId: cleans.partitionId,
  }));
  const { blobs, readAt } = await listGroup(place.container, prefixesOf(places), { abortSignal });
  const planned = done.map((entry) => {
    const undone = undo(entry.write, entry, blobs.get(entry.write.blobName) ?? null);
    const { partitionId, why } = entry.write.cleans;
    const stood = entry.before ?? entry.after;
    const cleans = {
      partitionId,
      why,
      act: undone.write?.act === "remove" ? ("delete" as const) : ("restore" as const),
      sizeBytes: Buffer.byteLength(entry.before?.base64 ?? "", "base64"),
      updatedAt: toIso(stood?.updatedAt ?? readAt),
      ageSeconds: Math.max(0, Math.round((readAt - (stood?.updatedAt ?? readAt)) / 1_000)),
    };
    return { entry: shown(entry, cleans, undone), write: undone.write };
  });
  const writes = planned.flatMap(({ write }) => (write === null ? [] : [write]));
  const target = { kind: "undo" as const, resetId: reset.id };
  return {
    plan: cleanupPlan(
      place,
      head,
      target,
      planned.map(({ entry }) => entry),
      writes.length,
    ),
    address: reset.address,
    createdOn: hub.createdOn,
    writes,
  };
}

type Undone = Pick<PlannedEntry, "write"> & Pick<MadePlanEntry, "blockedBy">;

function undo(
  write: CleanedWrite,
  { before, after }: Pick<EntryRecord, "before" | "after">,
  standing: ListedBlob | null,
): Undone {
  const { blobName, format, cleans } = write;
  const planned = { partitionId: blobName, blobName, format, sequenceNumber: -1, offset: "", cleans };
  const blocked = { write: null, blockedBy: reason("blobStandsAgain", { blobName }) };
  const isAsLeft = standing !== null && after !== null && standing.etag === after.etag;
  const isAsBefore = standing !== null && standing.etag === before?.etag;
  if (isAsBefore) return { write: null, blockedBy: reason("blobStandsUnchanged", { blobName }) };
  if (before === null)
    return isAsLeft
      ? { write: { ...planned, etag: standing.etag, act: "remove" }, blockedBy: null }
      : blocked;
  if (standing !== null && !isAsLeft) return blocked;
  if (standing === null && write.act === "release") return blocked;
  const etag = standing?.etag ?? null;
  return { write: { ...planned, etag, act: "restore", ...wholeOf(before) }, blockedBy: null };
}

function shown(
  { write, before, result }: EntryRecord & { write: CleanedWrite },
  cleans: Parameters<typeof cleanedEntry>[2],
  { write: undo, blockedBy }: Undone,
): MadePlanEntry {
  const entry = cleanedEntry(write.blobName, null, cleans);
  const isBroken =
    before !== null && write.format === "common" && stopsProcessors(write.blobName, before.metadata);
  const isMadeAnew = undo?.act === "restore" && undo.etag === null;
  const lacksTags = isMadeAnew && before?.tags == null;
  return {
    ...entry,
    blockedBy,
    warnings: [
      ...(result === "unknown" && blockedBy === null ? [reason("writeUncertain")] : []),
      ...(isBroken && blockedBy === null ? [reason("bringsBackBroken")] : []),
      ...(lacksTags ? [reason("tagsNotRestored")] : []),
    ],
  };
}
