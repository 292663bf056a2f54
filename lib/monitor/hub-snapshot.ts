import type { Fault } from "#lib/api/errors.ts";
import type { EventHub, Partition } from "#lib/api/event-hub.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { toIso } from "#lib/core/time.ts";
import { cappedSum, hubTotals } from "#lib/lag/hub-totals.ts";
import { ratePerSecond } from "#lib/lag/rates.ts";
import type { HubMemory } from "./memory.ts";
import type { GroupSnapshot, HubSnapshot } from "./snapshot.ts";
import type { MonitoredHub } from "./sources.ts";

type StoreState = EventHub["checkpointStores"][number];

export function unreadHub(hub: MonitoredHub): HubSnapshot {
  return {
    eventHub: {
      id: hub.id,
      fullyQualifiedNamespace: hub.fullyQualifiedNamespace,
      eventHubName: hub.eventHubName,
      createdOn: null,
      partitionCount: null,
      totalLag: null,
      totalLagIsUpperBound: false,
      partitionsUnknown: 0,
      eventsInPerSecond: null,
      status: "unknown",
      observedAt: null,
      stale: false,
      error: null,
      errorStore: null,
      checkpointStores: hub.stores.map(({ id }) => ({ id, observedAt: null, error: null })),
      hasInspectionGroup: (hub.inspectionConsumerGroup ?? null) !== null,
    },
    partitions: [],
    groups: [],
    evidence: null,
  };
}

export function hubSnapshot(
  hub: MonitoredHub,
  previous: HubSnapshot,
  reading: HubReading | null,
  hubFault: Fault | null,
  stores: readonly StoreState[],
  groups: readonly GroupSnapshot[],
  memory: HubMemory,
): HubSnapshot {
  const partitions = reading === null ? previous.partitions : partitionsOf(reading, memory);
  const rates = partitions.map(({ eventsInPerSecond }) => eventsInPerSecond).filter((rate) => rate !== null);
  const failing = hubFault === null ? stores.find((store) => store.error !== null) : undefined;
  const error = hubFault ?? failing?.error ?? null;
  return {
    eventHub: {
      ...unreadHub(hub).eventHub,
      createdOn: reading === null ? previous.eventHub.createdOn : toIso(reading.createdOn),
      partitionCount: reading?.partitions.length ?? previous.eventHub.partitionCount,
      ...hubTotals(groups.map(({ group }) => group)),
      eventsInPerSecond: rates.length < partitions.length || rates.length === 0 ? null : cappedSum(rates),
      observedAt: reading === null ? previous.eventHub.observedAt : toIso(reading.readAt),
      stale: error !== null,
      error,
      errorStore: failing?.id ?? null,
      checkpointStores: [...stores],
    },
    partitions,
    groups,
    evidence: null,
  };
}

function partitionsOf(reading: HubReading, memory: HubMemory): Partition[] {
  return reading.partitions.map(({ partitionId, properties, error }) => {
    const positions = memory.positions.get(partitionId);
    return {
      partitionId,
      beginningSequenceNumber: properties?.beginningSequenceNumber ?? null,
      lastEnqueuedSequenceNumber: properties?.lastEnqueuedSequenceNumber ?? null,
      lastEnqueuedOffset: properties?.lastEnqueuedOffset ?? null,
      lastEnqueuedAt: toIso(properties?.lastEnqueuedAt ?? null),
      isEmpty: properties?.isEmpty ?? null,
      eventsInPerSecond: positions === undefined ? null : ratePerSecond(positions, reading.readAt),
      eventsExpiringPerSecond: memory.expiringPerSecond.get(partitionId) ?? null,
      error: error === null ? null : { code: error.code, message: error.message },
    };
  });
}
