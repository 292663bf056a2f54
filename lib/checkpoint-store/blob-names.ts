/** Whose blobs: one consumer group of one event hub. */
export interface GroupAddress {
  fullyQualifiedNamespace: string;
  eventHubName: string;
  consumerGroup: string;
}

/**
 * The common format's folder of a group, lower-cased as the JavaScript, .NET and Python SDKs do:
 * Event Hubs compares these names without case, Blob Storage with.
 */
export function groupPrefix(group: GroupAddress, kind: "checkpoint" | "ownership"): string {
  const { fullyQualifiedNamespace, eventHubName, consumerGroup } = group;
  return `${fullyQualifiedNamespace}/${eventHubName}/${consumerGroup}`.toLowerCase().concat(`/${kind}/`);
}

/** The common format's blob of one partition. */
export function partitionBlobName(
  group: GroupAddress,
  kind: "checkpoint" | "ownership",
  partitionId: string,
): string {
  return groupPrefix(group, kind) + partitionId;
}

/** Partition ids are digits today, but that is nowhere promised: short, printable and without a slash will do. */
export function isPartitionId(text: string): boolean {
  return /^[^\s/\p{C}]{1,64}$/u.test(text);
}
