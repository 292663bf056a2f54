import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";

export const createdOn = Date.UTC(2024, 0, 1);
const writtenAt = Date.UTC(2024, 5, 1);

export function partition(begin: number, last: number, isEmpty = false): PartitionProperties {
  return {
    partitionId: "0",
    beginningSequenceNumber: begin,
    lastEnqueuedSequenceNumber: last,
    lastEnqueuedOffset: "4900",
    lastEnqueuedAt: writtenAt,
    isEmpty,
  };
}

export function checkpoint(
  sequenceNumber: number | null,
  rest: Partial<StoredCheckpoint> = {},
): StoredCheckpoint {
  return {
    partitionId: "0",
    blobName: "ns/hub/group/checkpoint/0",
    etag: "0x1",
    updatedAt: writtenAt,
    format: "common",
    sequenceNumber,
    offset: "4900",
    writtenBy: null,
    unreadable: null,
    ...rest,
  };
}
