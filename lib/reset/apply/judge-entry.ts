import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { positionIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { isPast } from "../group/is-past.ts";
import { judgeCleanup } from "./judge-cleanup.ts";
import { conflict, type Judgement, judgeOwnership, type Observation } from "./observation.ts";

type Moved = ReadonlyMap<string, PlannedWrite>;

/**
 * Decides whether a planned write may be made now (lib/reset/README.md#offline): the hub and the blob are those of the
 * preview, the target still lies in the stream, and nobody owns the partition. A move and its undo leave alone a
 * group that is at work on any partition, on either side.
 */
export function judgeEntry(write: PlannedWrite, createdOn: EpochMs, observation: Observation): Judgement {
  const { partitionId, cleans } = write;
  if (cleans !== undefined) return judgeCleanup({ ...write, cleans }, createdOn, observation);
  return (
    (write.act === "remove" ? null : judgeStream(write, createdOn, observation.hub)) ??
    judgeBlobs(write, observation) ??
    judgeOwner(partitionId, observation) ??
    judgeSource(write, observation) ??
    (isMoveOrItsUndo(write) ? judgeGroup(observation) : null) ??
    free(write, observation)
  );
}

function judgeSource({ partitionId }: PlannedWrite, { source }: Observation): Judgement | null {
  const moved = source?.writes.get(partitionId);
  if (source === null || moved === undefined) return null;
  const judgement =
    judgeBlobs(moved, source) ?? judgeOwner(partitionId, source) ?? judgeGroup(source, source.writes);
  if (judgement === null || judgement.verdict === "free") return null;
  return conflict(reason("sourceChanged", { because: judgement.reason }));
}

/** Null when the hub and its stream still fit the plan. */
export function judgeStream(
  { partitionId, sequenceNumber, offset, isStart }: PlannedWrite,
  createdOn: EpochMs,
  hub: HubReading,
): Exclude<Judgement, { verdict: "free" }> | null {
  if (hub.createdOn !== createdOn) {
    return conflict(reason("hubRecreatedSincePlan"));
  }
  const reading = hub.partitions.find((partition) => partition.partitionId === partitionId);
  const properties = reading?.properties ?? null;
  if (properties === null) {
    const because = reading?.error == null ? reason("partitionGone") : failureOf(reading.error);
    return { verdict: "failed", reason: reason("partitionUnread", { because }) };
  }
  const { beginningSequenceNumber: begin, lastEnqueuedSequenceNumber: last } = properties;
  const next = sequenceNumber + 1;
  // Retention moves the start during the review. A reset to the start still goes there.
  if (next < begin && isStart !== true) {
    return conflict(reason("nextEventExpired", { sequenceNumber: next, beginningSequenceNumber: begin }));
  }
  // An offset means nothing once its event is gone, except at the very end, where nothing can be skipped.
  if (next === begin && offset !== "-1" && sequenceNumber < last) {
    return conflict(reason("targetEventExpired", { sequenceNumber, beginningSequenceNumber: begin }));
  }
  if (sequenceNumber > last) {
    return conflict(reason("targetPastEnd", { sequenceNumber, lastSequenceNumber: last }));
  }
  return null;
}

function judgeBlobs(write: PlannedWrite, observation: Observation): Judgement | null {
  const { partitionId, blobName, etag, sequenceNumber: target } = write;
  const blob = observation.listing.blobs.get(blobName);
  if (blob === undefined && etag !== null) {
    return conflict(reason("checkpointDeleted"));
  }
  if (blob !== undefined && blob.etag !== etag) {
    const updatedAt = toIso(blob.updatedAt);
    const { clientIdentifier, sequenceNumber: standsAt } = positionIn(blob);
    if (isOwnWrite(clientIdentifier)) return conflict(reason("movedByReset", { updatedAt }));
    if (!isMoveOrItsUndo(write) && isPast({ ...write, target }, standsAt))
      return conflict(reason("wentPastTarget", { sequenceNumber: standsAt, targetSequenceNumber: target }));
    return conflict(etag === null ? reason("checkpointAppeared") : reason("checkpointMoved", { updatedAt }));
  }
  if (blob?.leased) return conflict(reason("blobLeased"));
  const fault = observation.faults.get(partitionId);
  return fault === undefined ? judgeRivals(partitionId, blobName, observation) : conflict(fault);
}

function judgeRivals(partitionId: string, blobName: string, observation: Observation): Judgement | null {
  const rivals = observation.rivals.get(partitionId) ?? new Map<string, string>();
  const grown = observation.trees
    .map((tree) => `${tree}checkpoint/${partitionId}`)
    .filter((name) => name !== blobName);
  for (const name of new Set([...rivals.keys(), ...grown])) {
    const blob = observation.listing.blobs.get(name);
    if (blob?.etag === rivals.get(name) && !blob?.leased) continue;
    return conflict(reason(blob === undefined ? "rivalDeleted" : "rivalMoves", { blobName: name }));
  }
  return null;
}

/** Judges the owners in every casing: a released one must not hide another. */
function judgeOwner(partitionId: string, observation: Observation): Judgement | null {
  for (const ownership of observation.ownerships.get(partitionId) ?? []) {
    const judgement = judgeOwnership(ownership, observation);
    if (judgement !== null) return judgement;
  }
  return null;
}

/** Undos planned by earlier versions say only what they do. */
function isMoveOrItsUndo({ source, undoesMove, act }: PlannedWrite): boolean {
  return source !== undefined || undoesMove === true || act === "remove" || act === "restore";
}

/** A processor at work on any partition may take this one in its next round. */
function judgeGroup(observation: Observation, moved?: Moved): Judgement | null {
  const { ownerships, rivals } = observation;
  const ids = new Set([...ownerships.keys(), ...rivals.keys(), ...(moved?.keys() ?? [])]);
  const running = [...ids].flatMap((partitionId) => {
    const judgement = judgeOwner(partitionId, observation) ?? judgeLeases(partitionId, observation, moved);
    return judgement === null || judgement.verdict === "free" ? [] : [judgement.reason];
  });
  const [because] = running;
  return because === undefined
    ? null
    : conflict(reason("groupRunning", { partitions: running.length, because }));
}

/** In JSON layouts the owner leases the checkpoint's blob, which is moved or one of the others. */
function judgeLeases(partitionId: string, { listing, rivals }: Observation, moved?: Moved): Judgement | null {
  const names = [...(rivals.get(partitionId)?.keys() ?? []), moved?.get(partitionId)?.blobName ?? ""];
  return names.some((name) => listing.blobs.get(name)?.leased) ? conflict(reason("blobLeased")) : null;
}

function free({ partitionId, blobName }: PlannedWrite, observation: Observation): Judgement {
  const lastOwnerId =
    observation.ownerships.get(partitionId)?.find(({ ownerId }) => ownerId)?.ownerId ?? null;
  return { verdict: "free", blob: observation.listing.blobs.get(blobName) ?? null, lastOwnerId };
}
