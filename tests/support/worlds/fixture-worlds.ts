import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { Overview, Trend } from "#lib/api/overview.ts";
import { ago, fixtureGroup, fixtureHub, fixtureTrend } from "./fixture-world.ts";

const ownerIds = [
  "6a74d7bd-7122-4b1e-9d7a-0d3ae24f5c11",
  "4c06b2a6-c012-4f43-8a55-d2b8d0b7a901",
  "b1e9f2aa-09d4-4c9e-bd1c-7d7f3c7a1f02",
];

function fixtureOwners(partitionCount: number, ids = ownerIds): ConsumerGroup["owners"] {
  return ids.map((ownerId, i) => ({
    ownerId,
    partitions: Array.from({ length: partitionCount }, (_, p) => String(p)).filter(
      (_, p) => p % ids.length === i,
    ),
    lastRenewedAt: ago(3 + i),
  }));
}

/** Returns one group for every status and cause, as the overview lists them. */
export function fixtureGroups(): {
  hub: string;
  group: ConsumerGroup;
  lagAt: (share: number) => number | null;
}[] {
  const telemetry = {
    partitionCount: 32,
    ownedPartitions: 32,
    owners: fixtureOwners(32),
    eventsInPerSecond: 812,
  };
  return [
    {
      hub: "telemetry",
      group: fixtureGroup({
        ...telemetry,
        name: "archive",
        status: "stop",
        totalLag: 1_204_311,
        maxLag: 38_402,
        maxLagPartitionId: "17",
        lagSeconds: 9_660,
        eventsOutPerSecond: 0,
        ownedPartitions: 0,
        owners: [],
        lastCheckpointAt: ago(7_380),
        retentionUsed: 0.93,
        lostEvents: 0,
      }),
      lagAt: (x) => 900_000 + x * 304_311,
    },
    {
      hub: "telemetry",
      group: fixtureGroup({
        ...telemetry,
        name: "fraud-check",
        status: "warn",
        totalLag: 48_210,
        maxLag: 31_020,
        maxLagPartitionId: "3",
        lagSeconds: 192,
        eventsOutPerSecond: 782,
        retentionUsed: 0.04,
      }),
      lagAt: (x) => 2_000 + x ** 2 * 46_000,
    },
    {
      hub: "telemetry",
      group: fixtureGroup({
        ...telemetry,
        name: "enrich",
        status: "stall",
        totalLag: 9_120,
        maxLag: 9_120,
        maxLagPartitionId: "9",
        lagSeconds: 700,
        ownedPartitions: 31,
        eventsOutPerSecond: 0,
        lastCheckpointAt: ago(700),
      }),
      lagAt: (x) => (x > 0.3 && x < 0.45 ? null : x < 0.8 ? 300 : (x - 0.8) * 45_000),
    },
    { hub: "orders", group: fixtureGroup(), lagAt: (x) => 100 + Math.sin(x * 50) * 20 },
    {
      hub: "orders",
      group: fixtureGroup({
        name: "dashboard",
        totalLag: 2_304,
        maxLag: 1_700,
        lagSeconds: 14,
        eventsOutPerSecond: 310,
        catchUpSeconds: 9,
      }),
      lagAt: (x) => 12_000 - x * 9_700,
    },
    {
      hub: "orders",
      group: fixtureGroup({
        name: "audit-export",
        status: "rewind",
        totalLag: 18_020,
        maxLag: 9_000,
        lagSeconds: 281,
        eventsOutPerSecond: 420,
        catchUpSeconds: 51,
      }),
      lagAt: (x) => (x < 0.5 ? 60 : 40_000 - x * 22_000),
    },
    {
      hub: "orders",
      group: fixtureGroup({
        name: "$Default",
        status: "unknown",
        statusCause: "noCheckpoint",
        totalLag: 61_204,
        totalLagIsUpperBound: true,
        maxLag: 15_301,
        lagSeconds: null,
        eventsOutPerSecond: null,
        ownedPartitions: 0,
        owners: [],
        lastCheckpointAt: null,
        retentionUsed: null,
      }),
      lagAt: () => null,
    },
    {
      hub: "orders",
      group: fixtureGroup({
        name: "reporting",
        status: "unknown",
        statusCause: "unreadable",
        totalLag: null,
        maxLag: null,
        maxLagPartitionId: null,
        partitionsUnknown: 4,
        lagSeconds: null,
        lostEvents: null,
        retentionUsed: null,
        eventsOutPerSecond: null,
      }),
      lagAt: () => null,
    },
    {
      hub: "invoices",
      group: fixtureGroup({
        name: "mailer",
        totalLag: 0,
        maxLag: 0,
        lagSeconds: 0,
        eventsInPerSecond: 0,
        eventsOutPerSecond: 0,
        partitionCount: 3,
        ownedPartitions: 3,
        owners: fixtureOwners(3, ownerIds.slice(0, 1)),
        lastCheckpointAt: ago(40_000),
      }),
      lagAt: () => 0,
    },
  ];
}

export function fixtureWorld(): Overview {
  const groups = fixtureGroups();
  const groupsOf = (hub: string) => groups.filter((g) => g.hub === hub).map((g) => g.group);
  const trends: Trend[] = groups.map(({ hub, group, lagAt }) =>
    fixtureTrend({ hub, consumerGroup: group.name, store: group.store }, lagAt),
  );
  return {
    refreshSeconds: 10,
    eventHubs: [
      {
        ...fixtureHub({ id: "orders", eventHubName: "orders", totalLag: 81_640, status: "rewind" }),
        consumerGroups: groupsOf("orders"),
      },
      {
        ...fixtureHub({
          id: "telemetry",
          eventHubName: "telemetry",
          partitionCount: 32,
          totalLag: 1_261_641,
          eventsInPerSecond: 812,
          status: "stop",
        }),
        consumerGroups: groupsOf("telemetry"),
      },
      {
        ...fixtureHub({
          id: "invoices",
          eventHubName: "invoices",
          fullyQualifiedNamespace: "fabrikam.servicebus.windows.net",
          partitionCount: 3,
          totalLag: 0,
          eventsInPerSecond: 0,
        }),
        consumerGroups: groupsOf("invoices"),
      },
    ],
    trends,
  };
}
