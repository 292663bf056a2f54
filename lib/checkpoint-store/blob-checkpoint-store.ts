import type { Checkpoint, CheckpointStore, OperationOptions, PartitionOwnership } from "@azure/event-hubs";
import { ContainerClient } from "@azure/storage-blob";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { type GroupAddress, groupPrefix, isPartitionId, partitionBlobName } from "./blob-names.ts";
import { logger } from "./log.ts";
import { parseOffset, parseSequenceNumber, positionFault } from "./position.ts";
import { isAbort, lostRace, toStorageError } from "./storage-error.ts";
import { quoted } from "./text.ts";
import { throwIfAborted } from "./time-limit.ts";
import { toCheckpoint } from "./unreadable-checkpoint.ts";

/** Claims in flight together. The SDK claims one by one, but gives up all that it owns in one call. */
const claimsAtOnce = 16;

/**
 * Checkpoints and ownerships of an `EventHubConsumerClient` in a container of Blob Storage, in the format that
 * all current SDKs share. The container must exist; it is not created.
 *
 * Errors: a claim lost to somebody quicker is none; a cancelled call throws an `AbortError`; all else, such as a
 * blob that a policy keeps as it is, an `AppError` with its cause, named by the service's code.
 */
export class BlobCheckpointStore implements CheckpointStore {
  readonly #container: ContainerClient;

  constructor(containerClient: ContainerClient) {
    this.#container = containerClient;
  }

  static fromConnectionString(connectionString: string, containerName: string): BlobCheckpointStore {
    return new BlobCheckpointStore(new ContainerClient(connectionString, containerName));
  }

  /**
   * Who owns which partition. `lastModifiedTimeInMs` is the service's time of the last renewal. A blob without
   * `ownerid` names no owner and is told as released, so that the next claim, held by its etag, repairs it.
   */
  async listOwnership(
    fullyQualifiedNamespace: string,
    eventHubName: string,
    consumerGroup: string,
    options: OperationOptions = {},
  ): Promise<PartitionOwnership[]> {
    const group = { fullyQualifiedNamespace, eventHubName, consumerGroup };
    const ownerships: PartitionOwnership[] = [];
    for (const { partitionId, metadata, name, updatedAt, etag } of await this.#list(
      group,
      "ownership",
      options,
    )) {
      const ownerId = metadata.get("ownerid");
      if (ownerId === undefined)
        logger.warning(`The ownership ${quoted(name, 300)} names no owner: free to claim.`);
      ownerships.push({
        ...group,
        partitionId,
        ownerId: ownerId ?? "",
        lastModifiedTimeInMs: updatedAt,
        etag,
      });
    }
    return ownerships;
  }

  /**
   * Claims, renews, or (with an empty `ownerId`) releases partitions: where an etag is given, only if the blob is
   * still that one; else only if there is none yet.
   * @returns those that were won, with their new etag and time. What others hold is left out.
   */
  async claimOwnership(
    partitionOwnership: PartitionOwnership[],
    options: OperationOptions = {},
  ): Promise<PartitionOwnership[]> {
    throwIfAborted(options.abortSignal, "claimOwnership");
    const won: PartitionOwnership[] = [];
    const failures: unknown[] = [];
    for (let start = 0; start < partitionOwnership.length; start += claimsAtOnce) {
      const claims = partitionOwnership
        .slice(start, start + claimsAtOnce)
        .map((one) => this.#claim(one, options));
      for (const outcome of await Promise.allSettled(claims)) {
        if (outcome.status === "rejected") failures.push(outcome.reason);
        else if (outcome.value !== null) won.push(outcome.value);
      }
    }
    // One that fails does not keep the others from being claimed, or given up at shutdown.
    if (failures.length > 0) throw failures[0];
    return won;
  }

  /**
   * Stores how far a partition was processed. Unconditional, as in every SDK: the last one wins.
   * @throws TypeError for a position that no processor could start from
   */
  async updateCheckpoint(checkpoint: Checkpoint, options: OperationOptions = {}): Promise<void> {
    const { partitionId, sequenceNumber, offset } = checkpoint;
    const fault =
      positionFault(checkpoint) ?? (isPartitionId(partitionId) ? null : "the partition id is not one");
    if (fault !== null) throw new TypeError(`updateCheckpoint: ${fault}.`);
    throwIfAborted(options.abortSignal, "updateCheckpoint");
    const blob = this.#container.getBlockBlobClient(partitionBlobName(checkpoint, "checkpoint", partitionId));
    const metadata = { sequencenumber: String(sequenceNumber), offset };
    try {
      // SetMetadata first: Put Blob keeps the replaced blob where soft delete or versioning is on, and slows it.
      await blob.setMetadata(metadata, requestOptions(options)).catch((cause) => {
        if (lostRace(cause) === null) throw cause;
        return blob.upload("", 0, { ...requestOptions(options), metadata });
      });
    } catch (cause) {
      throw failed(cause, `Updating the checkpoint ${quoted(blob.name, 300)}`);
    }
    logger.info(
      `Checkpoint of partition ${partitionId}: sequence number ${sequenceNumber}, offset ${offset}.`,
    );
  }

  /**
   * Where each partition was left. Of a blob that does not hold all, the missing part throws an
   * `UnreadableCheckpointError` when it is asked for: its partition does not start, the others do.
   */
  async listCheckpoints(
    fullyQualifiedNamespace: string,
    eventHubName: string,
    consumerGroup: string,
    options: OperationOptions = {},
  ): Promise<Checkpoint[]> {
    const group = { fullyQualifiedNamespace, eventHubName, consumerGroup };
    const checkpoints: Checkpoint[] = [];
    for (const { partitionId, metadata, name } of await this.#list(group, "checkpoint", options)) {
      const parsed = parseSequenceNumber(metadata.get("sequencenumber"));
      const sequenceNumber = typeof parsed === "number" ? parsed : null;
      const offset = parseOffset(metadata.get("offset"));
      if (typeof parsed !== "number") logger.warning(`The checkpoint ${quoted(name, 300)}: ${parsed.fault}.`);
      if (offset === null)
        logger.warning(`The checkpoint ${quoted(name, 300)} has no offset: can't start from it.`);
      checkpoints.push(toCheckpoint({ ...group, partitionId, blobName: name, sequenceNumber, offset }));
    }
    return checkpoints;
  }

  /** The blobs right in a group's folder: what lies deeper is nobody's partition. */
  async #list(
    group: GroupAddress,
    kind: "checkpoint" | "ownership",
    options: OperationOptions,
  ): Promise<(ListedBlob & { partitionId: string })[]> {
    throwIfAborted(options.abortSignal, `Listing the ${kind}s`);
    const prefix = groupPrefix(group, kind);
    try {
      const { blobs } = await listBlobs(this.#container, prefix, requestOptions(options));
      logger.verbose(`Listed ${blobs.length} ${kind} blobs of ${group.eventHubName}/${group.consumerGroup}.`);
      return blobs
        .map((blob) => ({ ...blob, partitionId: blob.name.slice(prefix.length) }))
        .filter(({ partitionId }) => isPartitionId(partitionId));
    } catch (cause) {
      throw failed(cause, `Listing the ${kind}s in container "${this.#container.containerName}"`);
    }
  }

  /** Null where somebody else was quicker. */
  async #claim(ownership: PartitionOwnership, options: OperationOptions): Promise<PartitionOwnership | null> {
    const { partitionId, ownerId, etag } = ownership;
    const name = partitionBlobName(ownership, "ownership", partitionId);
    const done = ownerId === "" ? "released" : "claimed";
    try {
      if (!isPartitionId(partitionId)) throw new TypeError("claimOwnership: the partition id is not one.");
      const blob = this.#container.getBlockBlobClient(name);
      const metadata = { ownerid: ownerId };
      const request = requestOptions(options);
      const answer = etag
        ? await blob.setMetadata(metadata, { ...request, conditions: { ifMatch: etag } })
        : await blob.upload("", 0, { ...request, metadata, conditions: { ifNoneMatch: "*" } });
      logger.info(`[${ownerId}] Partition ${partitionId}: ${done} (etag ${answer.etag}).`);
      return {
        ...ownership,
        ...(answer.lastModified && { lastModifiedTimeInMs: answer.lastModified.getTime() }),
        ...(answer.etag && { etag: answer.etag }),
      };
    } catch (cause) {
      const reason = lostRace(cause);
      if (reason === null)
        throw failed(cause, `${ownerId === "" ? "Releasing" : "Claiming"} ${quoted(name, 300)}`);
      logger.info(`[${ownerId}] Partition ${partitionId}: not ${done}, ${reason}.`);
      return null;
    }
  }
}

function requestOptions({ abortSignal, tracingOptions }: OperationOptions) {
  return { ...(abortSignal && { abortSignal }), ...(tracingOptions && { tracingOptions }) };
}

/** The SDK tells a cancelled call from a failed one by the name `AbortError`, so that one stays as it is. */
function failed(cause: unknown, what: string): unknown {
  if (isAbort(cause) || cause instanceof TypeError) return cause;
  const error = toStorageError(cause, what);
  logger.warning(error.message);
  return error;
}
