import type { ContainerClient } from "@azure/storage-blob";
import { unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { positionFault } from "./position.ts";
import { lostRace, toStorageError } from "./storage-error.ts";
import { quoted } from "./text.ts";
import { throwIfAborted, timeLimit } from "./time-limit.ts";

/** The last processed event's position. Sequence number -1: nothing processed yet; offset `-1`: the start. */
export interface CheckpointToWrite {
  blobName: string;
  sequenceNumber: number;
  offset: string;
  clientIdentifier: string;
}

export type WriteCondition = { ifMatch: string } | { ifNoneMatch: "*" };

export type WriteResult =
  | { result: "written"; etag: string; updatedAt: EpochMs }
  /**
   * The condition failed. Somebody else wrote, or the client retried after the answer to its own write was
   * lost. List the blob again and look.
   */
  | { result: "conflict"; reason: string };

const limitMs = 30_000;

/**
 * Writes one checkpoint if its blob is unchanged.
 * @throws AppError `invalidRequest` for a position that must never be stored, without a request; else as
 * `toStorageError` says. After a time-out nobody knows if it was written.
 */
export async function writeCheckpoint(
  container: ContainerClient,
  checkpoint: CheckpointToWrite,
  condition: WriteCondition,
  options: { abortSignal?: AbortSignal | undefined } = {},
): Promise<WriteResult> {
  refuse(checkpoint, condition);
  const blob = container.getBlockBlobClient(checkpoint.blobName);
  const metadata = {
    sequencenumber: String(checkpoint.sequenceNumber),
    offset: checkpoint.offset,
    clientidentifier: checkpoint.clientIdentifier,
  };
  const abortSignal = timeLimit(limitMs, options.abortSignal);
  try {
    throwIfAborted(abortSignal, "The write");
    const answer =
      "ifMatch" in condition
        ? await blob.setMetadata(metadata, { abortSignal, conditions: { ifMatch: condition.ifMatch } })
        : await blob.upload("", 0, { abortSignal, metadata, conditions: { ifNoneMatch: "*" } });
    const updatedAt = answer.lastModified?.getTime() ?? answer.date?.getTime() ?? Date.now();
    return { result: "written", etag: unquoted(answer.etag ?? ""), updatedAt };
  } catch (cause) {
    const reason = lostRace(cause);
    if (reason !== null) return { result: "conflict", reason };
    throw toStorageError(cause, `Writing the checkpoint ${quoted(checkpoint.blobName, 300)}`);
  }
}

function refuse(checkpoint: CheckpointToWrite, condition: WriteCondition): void {
  const { blobName, clientIdentifier } = checkpoint;
  const isAscii = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(clientIdentifier);
  const fault =
    positionFault(checkpoint) ??
    (isAscii ? null : "the client identifier is not printable ASCII") ??
    // An empty or starred If-Match would match anything.
    ("ifMatch" in condition && !/^"?[^"*\s]+"?$/.test(condition.ifMatch) ? "the etag is not one" : null);
  if (fault === null) return;
  throw new AppError("invalidRequest", `The checkpoint ${quoted(blobName, 300)} was not written: ${fault}.`);
}
