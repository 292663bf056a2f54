export interface GroupNames {
  fullyQualifiedNamespace: string;
  eventHubName: string;
  consumerGroup: string;
}

/**
 * The group's folder in the common format, lower-cased as the JavaScript, .NET and Python SDKs do. Event Hubs
 * compares these names without case, Blob Storage with.
 */
export function groupPrefix(group: GroupNames, kind: "checkpoint" | "ownership"): string {
  const { fullyQualifiedNamespace, eventHubName, consumerGroup } = group;
  return `${fullyQualifiedNamespace}/${eventHubName}/${consumerGroup}`.toLowerCase().concat(`/${kind}/`);
}

export function partitionBlobName(
  group: GroupNames,
  kind: "checkpoint" | "ownership",
  partitionId: string,
): string {
  return groupPrefix(group, kind) + partitionId;
}

/** Partition ids are digits today, but nothing promises that. */
export function isPartitionId(text: string): boolean {
  return /^[^\s/\p{C}]{1,64}$/u.test(text);
}
