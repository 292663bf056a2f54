import type { Checkpoint, CheckpointStore, OperationOptions, PartitionOwnership } from "@azure/event-hubs";
import { ContainerClient } from "@azure/storage-blob";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { type GroupNames, groupPrefix, isPartitionId, partitionBlobName } from "./blob-names.ts";
import { logger } from "./log.ts";
import { parseOffset, parseSequenceNumber, positionFault } from "./position.ts";
import { isAbort, lostRace, toStorageError } from "./storage-error.ts";
import { quoted } from "./text.ts";
import { throwIfAborted } from "./time-limit.ts";
import { toCheckpoint } from "./unreadable-checkpoint.ts";

const claimsAtOnce = 16;

/**
 * Keeps checkpoints and ownerships of an `EventHubConsumerClient` in a blob container, in the format that all
 * current SDKs share. Does not create the container.
 *
 * Errors: a lost claim is none; a cancelled call throws an `AbortError`; anything else throws an `AppError`
 * with its cause, named by the service's code.
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
   * Returns who owns which partition. `lastModifiedTimeInMs` is the service's time of the last renewal. A
   * blob without `ownerid` counts as released, so that the next claim repairs it.
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
   * Claims, renews, or (with an empty `ownerId`) releases partitions. With an etag only if the blob is
   * unchanged; without one only if there is none yet.
   * @returns the partitions that were won, with their new etag and time
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
    // One failure must not keep the others from being claimed, or released at shutdown.
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
      // SetMetadata first: Put Blob keeps the replaced blob when soft delete or versioning is on, which slows
      // it.
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
   * Returns each partition's checkpoint. Reading a part that its blob lacks throws an
   * `UnreadableCheckpointError`, so that only this partition fails to start.
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

  async #list(
    group: GroupNames,
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

/** The SDK recognizes a cancelled call by the name `AbortError`, so that error stays as it is. */
function failed(cause: unknown, what: string): unknown {
  if (isAbort(cause) || cause instanceof TypeError) return cause;
  const error = toStorageError(cause, what);
  logger.warning(error.message);
  return error;
}
