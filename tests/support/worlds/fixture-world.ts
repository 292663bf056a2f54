import type { ConsumerGroup, ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import type { EventHub, EventHubDetail, Partition } from "#lib/api/event-hub.ts";
import type { Overview, Trend } from "#lib/api/overview.ts";

export const fixtureNow = Date.parse("2026-03-02T14:32:10.000Z");

export const ago = (seconds: number, now = fixtureNow): string =>
  new Date(now - seconds * 1000).toISOString();

export const nastyNames = [
  '<img src=x onerror="alert(1)">',
  "\u202Egnp.exe\u202C مجموعة",
  '=HYPERLINK("http://x")',
  `very-${"long-".repeat(39)}`.slice(0, 200),
] as const;

export function fixturePartition(more: Partial<Partition> = {}): Partition {
  return {
    partitionId: "0",
    beginningSequenceNumber: 1_000,
    lastEnqueuedSequenceNumber: 9_604_411,
    lastEnqueuedOffset: "412316864512",
    lastEnqueuedAt: ago(1),
    isEmpty: false,
    eventsInPerSecond: 25.4,
    eventsExpiringPerSecond: 25,
    error: null,
    ...more,
  };
}

export function fixtureGroupPartition(more: Partial<GroupPartition> = {}): GroupPartition {
  const last = more.lastEnqueuedSequenceNumber ?? 9_604_411;
  const lag = more.lag === undefined ? 0 : more.lag;
  return {
    partitionId: "0",
    lag,
    lagState: "ok",
    lagIsUpperBound: false,
    reason: null,
    lostEvents: 0,
    lostEventsTotal: 0,
    lostEventsSince: ago(86_400),
    lagSeconds: lag === null ? null : lag / 100,
    lagSecondsIsLowerBound: false,
    status: "ok",
    statusReason: null,
    secondsUntilLoss: null,
    retentionUsed: lag === null ? null : lag / 9_603_412,
    lagSecondsAtCheckpoint: secondsOf(more, lag === null ? null : lag / 100),
    eventsInPerSecond: 25.4,
    eventsOutPerSecond: 25.1,
    pace: paceOf(more),
    checkpoint: {
      sequenceNumber: (last ?? 0) - (lag ?? 0),
      offset: "412316860000",
      updatedAt: ago(2),
      format: "common",
      writtenBy: null,
      blobName: "contoso.servicebus.windows.net/orders/billing/checkpoint/0",
    },
    otherCheckpoints: [],
    ownerSince: null,
    ownerReason: null,
    owner: { ownerId: "6a74d7bd-7122-4b1e-9d7a-0d3ae24f5c11", lastRenewedAt: ago(4), state: "active" },
    beginningSequenceNumber: 1_000,
    lastEnqueuedSequenceNumber: last,
    lastEnqueuedAt: ago(1),
    ...more,
  };
}

export function fixtureGroup(more: Partial<ConsumerGroup> = {}): ConsumerGroup {
  return {
    name: "billing",
    store: "main",
    formats: ["common"],
    totalLag: 112,
    totalLagIsUpperBound: false,
    measuredLag:
      more.totalLagIsUpperBound === true ? null : more.totalLag === undefined ? 112 : more.totalLag,
    maxLag: 64,
    maxLagPartitionId: "2",
    maxLagIsUpperBound: false,
    partitionsUnknown: 0,
    partitionsBounded: more.totalLagIsUpperBound === true ? 1 : 0,
    lostEvents: 0,
    lostEventsTotal: 0,
    lostEventsSince: ago(86_400),
    lagSeconds: 1.2,
    lagSecondsIsLowerBound: false,
    lagSecondsAtCheckpoint: secondsOf(more, 1.2),
    catchUpSeconds: null,
    lagChangePerSecond: changeOf(more),
    eventsInPerSecond: 64,
    eventsOutPerSecond: 64,
    retentionUsed: 0.01,
    secondsUntilLoss: null,
    allowedLag: 0,
    status: "ok",
    statusPartitions: more.partitionCount ?? 4,
    statusPartitionIds: [],
    stalledPartitions: more.status === "stall" ? 1 : 0,
    neverUsed: false,
    partitionsLosingUnread: [],
    statusCausePartitions: (more.statusCause ?? null) === null ? 0 : (more.partitionCount ?? 4),
    statusNotKnownYet: 0,
    partitionsWithoutCheckpoint: [],
    statusCheckpointAt: more.lastCheckpointAt === undefined ? ago(1) : more.lastCheckpointAt,
    statusCause: null,
    ownedPartitions: 4,
    partitionCount: 4,
    owners: [
      { ownerId: "6a74d7bd-7122-4b1e-9d7a-0d3ae24f5c11", partitions: ["0", "1"], lastRenewedAt: ago(4) },
      { ownerId: "4c06b2a6-c012-4f43-8a55-d2b8d0b7a901", partitions: ["2", "3"], lastRenewedAt: ago(6) },
    ],
    ownershipExpirationSeconds: 60,
    notes: [],
    lastCheckpointAt: ago(1),
    goneSince: null,
    observedAt: ago(3),
    stale: false,
    error: null,
    ...more,
  };
}

function secondsOf({ lagSeconds }: { lagSeconds?: number | null }, otherwise: number | null) {
  return lagSeconds === undefined ? otherwise : lagSeconds;
}

function paceOf({ eventsInPerSecond = 25.4, eventsOutPerSecond = 25.1 }: Partial<GroupPartition>) {
  return eventsInPerSecond === null || eventsOutPerSecond === null
    ? null
    : { eventsInPerSecond, eventsOutPerSecond };
}

function changeOf({ eventsInPerSecond: into = 64, eventsOutPerSecond: out = 64 }: Partial<ConsumerGroup>) {
  return into === null || out === null ? null : into - out;
}

export function fixtureHub(more: Partial<EventHub> = {}): EventHub {
  return {
    id: "orders",
    fullyQualifiedNamespace: "contoso.servicebus.windows.net",
    eventHubName: "orders",
    createdOn: "2026-01-02T03:04:05.678Z",
    partitionCount: 4,
    totalLag: 112,
    totalLagIsUpperBound: false,
    partitionsUnknown: 0,
    eventsInPerSecond: 64,
    status: "ok",
    observedAt: ago(3),
    stale: false,
    error: null,
    errorStore: null,
    checkpointStores: [{ id: "main", observedAt: ago(3), error: null }],
    hasInspectionGroup: false,
    ...more,
  };
}

export function fixtureOverview(
  hubs: readonly (Partial<EventHub> & { consumerGroups?: ConsumerGroup[] })[],
  trends: readonly Trend[] = [],
): Overview {
  return {
    refreshSeconds: 10,
    eventHubs: hubs.map(({ consumerGroups = [], ...hub }) => ({ ...fixtureHub(hub), consumerGroups })),
    trends: [...trends],
  };
}

/** Returns a point per minute over the last hour. `lagAt` gets 0 to 1. */
export function fixtureTrend(
  address: Pick<Trend, "hub" | "consumerGroup" | "store">,
  lagAt: (share: number) => number | null,
  now = fixtureNow,
): Trend {
  const points = Array.from({ length: 61 }, (_, i) => {
    const lag = lagAt(i / 60);
    return { at: ago((60 - i) * 60, now), lag: lag === null ? null : Math.round(lag) };
  });
  return { ...address, points };
}

export function fixtureHubDetail(more: Partial<EventHubDetail> = {}): EventHubDetail {
  return {
    ...fixtureHub(more),
    partitions: [fixturePartition()],
    consumerGroups: [fixtureGroup()],
    ...more,
  };
}

export function fixtureGroupDetail(more: Partial<ConsumerGroupDetail> = {}): ConsumerGroupDetail {
  return { ...fixtureGroup(more), partitions: [fixtureGroupPartition()], ...more };
}
