import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";

/**
 * The blobs that stop a group's JavaScript, Python and Go processors on all partitions (facts, section 1): a
 * checkpoint in the common format without an offset or an integer sequence number, an ownership without an owner.
 */
export function blockingBlobs(partitions: readonly GroupPartition[]): ConsumerGroup["notes"] {
  const blocking = partitions.filter(isBlocked).map(({ partitionId }) => partitionId);
  return blocking.length === 0
    ? []
    : [
        {
          kind: "blockingBlobs",
          text: "JavaScript, Python and Go processors of this group stop, or can't start, on all partitions while blobs of these stand that they can't read.",
          partitionIds: blocking,
        },
      ];
}

function isBlocked({ checkpoint, lagState, ownerReason }: GroupPartition): boolean {
  if (ownerReason !== null) return true;
  if (checkpoint === null || checkpoint.format !== "common") return false;
  return lagState === "unreadable" || checkpoint.offset === null;
}
