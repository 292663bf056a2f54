import type { HubReading, PartitionProperties } from "#lib/core/hub-reading.ts";
import type { StoredCheckpoint, StoredGroup, StoredOwnership, StoreReading } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { HubSource, MonitoredHub, StoreSource } from "#lib/monitor/sources.ts";

export const noon: EpochMs = Date.UTC(2026, 0, 15, 12);

export function properties(
  partitionId: string,
  over: Partial<PartitionProperties> = {},
): PartitionProperties {
  return {
    partitionId,
    beginningSequenceNumber: 0,
    lastEnqueuedSequenceNumber: 99,
    lastEnqueuedOffset: "4900",
    lastEnqueuedAt: noon,
    isEmpty: false,
    ...over,
  };
}

export function hubReading(partitions: readonly PartitionProperties[], readAt: EpochMs = noon): HubReading {
  return {
    readAt,
    createdOn: noon - 30 * 86_400_000,
    isGeoDrEnabled: false,
    partitions: partitions.map((each) => ({ partitionId: each.partitionId, properties: each, error: null })),
  };
}

export function checkpoint(partitionId: string, sequenceNumber: number, updatedAt = noon): StoredCheckpoint {
  return {
    partitionId,
    blobName: `ns/hub/group/checkpoint/${partitionId}`,
    etag: String(updatedAt),
    updatedAt,
    format: "common",
    sequenceNumber,
    offset: String(sequenceNumber * 50),
    writtenBy: null,
    unreadable: null,
  };
}

export function ownership(
  partitionId: string,
  ownerId: string | null,
  lastRenewedAt = noon,
): StoredOwnership {
  return {
    partitionId,
    blobName: `ns/hub/group/ownership/${partitionId}`,
    etag: "1",
    lastRenewedAt,
    ownerId,
  };
}

export function storedGroup(
  name: string,
  checkpoints: readonly StoredCheckpoint[],
  ownerships: readonly StoredOwnership[] = [],
): StoredGroup {
  return {
    name,
    formats: ["common"],
    checkpoints: new Map(checkpoints.map((each) => [each.partitionId, each])),
    ownerships: new Map(ownerships.map((each) => [each.partitionId, each])),
    superseded: [],
    otherOwnerships: [],
  };
}

export function storeReading(groups: readonly StoredGroup[], readAt: EpochMs = noon): StoreReading {
  return {
    readAt,
    groups: new Map(groups.map((group) => [group.name.toLowerCase(), group])),
    strayBlobs: 0,
    listings: 1,
    bodyReads: 0,
    heardAt: readAt,
    survey: null,
  };
}

export function monitoredHub(
  hub: HubSource["read"],
  stores: Record<string, StoreSource["read"]>,
  over: Partial<MonitoredHub> = {},
): MonitoredHub {
  return {
    id: "orders",
    fullyQualifiedNamespace: "contoso.servicebus.windows.net",
    eventHubName: "orders",
    consumerGroups: [],
    ownershipExpirationSeconds: null,
    hub: { read: hub, close: async () => {} },
    stores: Object.entries(stores).map(([id, read]) => ({ id, read })),
    ...over,
  };
}
