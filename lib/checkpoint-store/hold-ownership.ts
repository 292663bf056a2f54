import type { ContainerClient } from "@azure/storage-blob";
import { unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { AppError } from "#lib/core/app-error.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import { isOwnWrite, ownIdentifier } from "#lib/core/own-writes.ts";
import { lostRace, toStorageError } from "./storage-error.ts";
import { quoted } from "./text.ts";
import { throwIfAborted, timeLimit } from "./time-limit.ts";

const limitMs = 5_000;

export interface OwnershipToWrite {
  blobName: string;
  isMade?: boolean;
  /**
   * Empty: released. The key is never left out and the blob never deleted
   * (lib/checkpoint-store/README.md#what-stops-whom).
   */
  ownerId: string;
}

const madeBy = ownIdentifier("ownership", "made");

/** True when a reset made this ownership. A processor that claims it drops the signature. */
export function isMadeByReset(metadata: ReadonlyMap<string, string>): boolean {
  return isOwnWrite(metadata.get("clientidentifier")?.trim() ?? null);
}

export type OwnershipResult =
  | { result: "held"; etag: string }
  /** Somebody else was quicker, or the answer to this write was lost. List again and look. */
  | { result: "lost"; reason: string };

/**
 * Claims, renews or (with an empty owner id) releases a partition's ownership of the common layout, if the
 * blob still has this etag, or is absent (null).
 * @param container a client without retries: its second try would be refused after a first that succeeded
 * @throws AppError as `toStorageError` says; then nobody knows if it was written
 */
export async function writeOwnership(
  container: ContainerClient,
  { blobName, ownerId, isMade = false }: OwnershipToWrite,
  etag: string | null,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<OwnershipResult> {
  if (ownerId !== "" && resetHolding(ownerId) === null) {
    throw new AppError("invalidRequest", `${quoted(ownerId, 100)} is no owner id of a reset.`);
  }
  if (etag !== null && !/^"?[^"*\s]+"?$/.test(etag)) {
    throw new AppError("invalidRequest", `${quoted(etag)} is no etag.`);
  }
  const blob = container.getBlockBlobClient(blobName);
  const abortSignal = timeLimit(limitMs, options.abortSignal);
  const metadata = { ownerid: ownerId, ...(isMade ? { clientidentifier: madeBy } : {}) };
  try {
    throwIfAborted(abortSignal, "The claim");
    const answer =
      etag === null
        ? await blob.upload("", 0, { abortSignal, metadata, conditions: { ifNoneMatch: "*" } })
        : await blob.setMetadata(metadata, { abortSignal, conditions: { ifMatch: etag } });
    return { result: "held", etag: unquoted(answer.etag ?? "") };
  } catch (cause) {
    const reason = lostRace(cause);
    if (reason !== null) return { result: "lost", reason };
    const doing = ownerId === "" ? "Giving back" : "Claiming";
    throw toStorageError(cause, `${doing} the ownership ${quoted(blobName, 300)}`);
  }
}

export function ownershipBesides(checkpointBlobName: string, partitionId: string): string {
  const folder = checkpointBlobName.slice(0, -`/checkpoint/${partitionId}`.length);
  return `${folder}/ownership/${partitionId}`;
}
