import { reason } from "#lib/api/reasons/reason.ts";
import { positionIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { CleanedWrite } from "#lib/history/resets/plan-record.ts";
import { isStillRead, restedMs } from "#lib/ownership/cleanup-candidates.ts";
import { ownersOf } from "../cleanup/own-tree.ts";
import { conflict, type Judgement, judgeOwnership, type Observation } from "./observation.ts";

/**
 * Decides whether a blob may be cleaned up or brought back now: it is unchanged since the plan, its reason still
 * holds, and nobody who reads or writes it is at work.
 */
export function judgeCleanup(write: CleanedWrite, createdOn: EpochMs, observation: Observation): Judgement {
  const { blobName, etag, cleans } = write;
  const blob = observation.listing.blobs.get(blobName);
  if (observation.hub.createdOn !== createdOn) return conflict(reason("hubRecreatedSincePlan"));
  if (blob?.etag !== (etag ?? undefined)) return conflict(reason("blobChanged", { blobName }));
  if (blob?.leased) return conflict(reason("blobLeased"));
  for (const ownership of ownersOf({ blobName, format: write.format, ...cleans }, observation.ownerships)) {
    const judgement = judgeOwnership(ownership, observation);
    if (judgement !== null) return judgement;
  }
  const isUndo = write.act === "restore";
  if (!isUndo && !holds(write, observation)) return conflict(reason("cleanupHoldsNot", { blobName }));
  return { verdict: "free", blob: blob ?? null, lastOwnerId: null };
}

function holds({ format, cleans }: CleanedWrite, observation: Observation): boolean {
  const { partitionId, why, needs } = cleans;
  const { listing, hub, knownGroups, group } = observation;
  const stands = hub.partitions.some((each) => each.partitionId === partitionId);
  switch (why) {
    case "goneGroup": {
      if (knownGroups === null || knownGroups.has(group.toLowerCase())) return false;
      return [...listing.blobs.values()].every(
        ({ updatedAt, leased }) => !leased && listing.readAt - updatedAt >= restedMs,
      );
    }
    case "gonePartition":
    case "placeholder":
      return !stands;
    case "leftBehind": {
      const made = needs === undefined ? undefined : listing.blobs.get(needs);
      if (!stands || made === undefined) return false;
      return !isStillRead(format, positionIn(made).clientIdentifier);
    }
    case "brokenCheckpoint":
    case "brokenOwnership":
      return stands;
  }
}
