import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { type GroupListing, positionIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import type { NotedWrite } from "../../apply/blob-decides.ts";
import type { GroupObservation } from "./group-watch.ts";
import type { PartitionObservation } from "./signals.ts";

/** A partition of a live reset, with the name of its ownership blob. */
export interface LivePartition extends Pick<NotedWrite, "resetId" | "write"> {
  ownershipBlob: string;
}

export function observePartition(
  { askedAt, listing }: GroupObservation,
  partition: LivePartition,
): PartitionObservation {
  const { write, ownershipBlob } = partition;
  const checkpoint = listing.blobs.get(write.blobName);
  const ownership = listing.blobs.get(ownershipBlob);
  return {
    askedAt,
    checkpoint: checkpoint === undefined ? null : { etag: checkpoint.etag, ...whatIn(listing, partition) },
    ownership:
      ownership === undefined
        ? null
        : { etag: ownership.etag, ownerId: ownership.metadata.get("ownerid")?.trim() ?? null },
    othersHeld: othersHeld(listing, partition),
  };
}

export function takenBy(ownerId: string | null): Reason {
  const isReset = resetHolding(ownerId ?? "") !== null;
  return isReset ? reason("ownershipHeldByReset") : reason("ownershipTaken", { ownerId: ownerId || null });
}

function othersHeld({ blobs }: GroupListing, { resetId, write }: LivePartition): boolean {
  for (const { metadata } of blobs.values()) {
    const holding = resetHolding(metadata.get("ownerid")?.trim() ?? "");
    if (holding?.resetId === resetId && holding.partitionId !== write.partitionId) return true;
  }
  return false;
}

function whatIn(listing: GroupListing, { resetId, write }: LivePartition) {
  const blob = listing.blobs.get(write.blobName);
  if (blob === undefined) return { sequenceNumber: null, isOurs: false, writtenBy: null };
  const { sequenceNumber, offset, clientIdentifier } = positionIn(blob);
  const isOurs =
    clientIdentifier === ownIdentifier(resetId, write.partitionId) &&
    sequenceNumber === write.sequenceNumber &&
    offset === write.offset;
  return { sequenceNumber, isOurs, writtenBy: clientIdentifier };
}
