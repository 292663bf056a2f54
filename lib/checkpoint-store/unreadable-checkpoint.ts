import type { Checkpoint } from "@azure/event-hubs";
import type { GroupNames } from "./blob-names.ts";

export class UnreadableCheckpointError extends Error {
  readonly blobName: string;

  constructor(blobName: string, property: "offset" | "sequenceNumber") {
    const told = property === "offset" ? "offset" : "sequence number";
    super(
      `The checkpoint "${blobName}" has no usable ${told}, so it is not known where to go on reading. ` +
        "Reset this partition to a position that is known (with Tidemark), or delete the blob to begin at the start position.",
    );
    this.name = "UnreadableCheckpointError";
    this.blobName = blobName;
  }
}

export interface CheckpointParts extends GroupNames {
  blobName: string;
  partitionId: string;
  sequenceNumber: number | null;
  offset: string | null;
}

/**
 * Makes a checkpoint that throws when a missing part is read. Every partition lists the whole group's
 * checkpoints when it starts. Throwing while listing would stop all partitions for one broken blob; leaving
 * the blob out would start its partition at the default position and lose or repeat events silently. This way
 * only that partition fails, and loudly.
 */
export function toCheckpoint(parts: CheckpointParts): Checkpoint {
  const { blobName, sequenceNumber, offset, ...address } = parts;
  if (sequenceNumber !== null && offset !== null) return { ...address, sequenceNumber, offset };
  return {
    ...address,
    get sequenceNumber() {
      if (sequenceNumber === null) throw new UnreadableCheckpointError(blobName, "sequenceNumber");
      return sequenceNumber;
    },
    get offset() {
      if (offset === null) throw new UnreadableCheckpointError(blobName, "offset");
      return offset;
    },
  };
}
