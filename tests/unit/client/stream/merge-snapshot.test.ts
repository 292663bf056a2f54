import { describe, expect, it } from "vitest";
import type { SnapshotEvent } from "#lib/api/stream.ts";
import {
  mergeConsumerGroup,
  mergeEventHub,
  mergeOverview,
  mergeTrend,
} from "#lib/client/stream/merge-snapshot.ts";
import {
  ago,
  fixtureGroup,
  fixtureGroupDetail,
  fixtureGroupPartition,
  fixtureHub,
  fixtureHubDetail,
  fixtureNow,
  fixtureOverview,
  fixturePartition,
  fixtureTrend,
} from "#tests/support/worlds/fixture-world.ts";

function event(more: Partial<SnapshotEvent> = {}): SnapshotEvent {
  const eventHub = fixtureHub({ observedAt: ago(0) });
  return {
    hub: "orders",
    observedAt: ago(0),
    eventHub,
    consumerGroups: [fixtureGroup({ totalLag: 500, observedAt: ago(0) })],
    ...more,
  };
}

const address = { hub: "orders", consumerGroup: "billing", store: "main" };

describe("the overview after one hub's refresh", () => {
  const overview = fixtureOverview(
    [{ id: "orders", consumerGroups: [fixtureGroup()] }, { id: "telemetry" }],
    [fixtureTrend(address, () => 100)],
  );

  it("replaces that hub and leaves the others", () => {
    const merged = mergeOverview(overview, event(), fixtureNow);
    expect(merged.eventHubs[0]?.consumerGroups[0]?.totalLag).toBe(500);
    expect(merged.eventHubs[1]).toBe(overview.eventHubs[1]);
  });

  it("drops groups that are gone and adds new ones, each with a trend", () => {
    const born = fixtureGroup({ name: "born", totalLag: 7, observedAt: ago(0) });
    const merged = mergeOverview(overview, event({ consumerGroups: [born] }), fixtureNow);
    expect(merged.eventHubs[0]?.consumerGroups.map((g) => g.name)).toEqual(["born"]);
    expect(merged.trends.find((t) => t.consumerGroup === "born")?.points).toEqual([{ at: ago(0), lag: 7 }]);
  });

  it("adds an unknown hub", () => {
    const merged = mergeOverview(
      overview,
      event({ hub: "new", eventHub: fixtureHub({ id: "new" }) }),
      fixtureNow,
    );
    expect(merged.eventHubs.map((hub) => hub.id)).toEqual(["orders", "telemetry", "new"]);
  });
});

describe("a trend", () => {
  it("grows by the new figure and drops points older than an hour", () => {
    const points = [
      { at: ago(3_700), lag: 1 },
      { at: ago(3_500), lag: 2 },
    ];
    expect(mergeTrend({ ...address, points }, event(), fixtureNow).points).toEqual([
      { at: ago(3_500), lag: 2 },
      { at: ago(0), lag: 500 },
    ]);
  });

  it("takes the same reading only once", () => {
    const trend = { ...address, points: [{ at: ago(0), lag: 500 }] };
    expect(mergeTrend(trend, event(), fixtureNow)).toBe(trend);
  });

  it("gets one gap while refreshes fail, and never an old figure again", () => {
    const failed = event({ consumerGroups: [fixtureGroup({ stale: true, observedAt: ago(30) })] });
    const once = mergeTrend({ ...address, points: [{ at: ago(30), lag: 5 }] }, failed, fixtureNow);
    expect(once.points).toEqual([
      { at: ago(30), lag: 5 },
      { at: ago(0), lag: null },
    ]);
    expect(mergeTrend(once, failed, fixtureNow + 10_000)).toBe(once);
  });

  it("ignores another hub's refresh", () => {
    const trend = { ...address, hub: "telemetry", points: [] };
    expect(mergeTrend(trend, event(), fixtureNow)).toBe(trend);
  });
});

describe("one group after a refresh", () => {
  const detail = fixtureGroupDetail();
  const partitions = [fixtureGroupPartition({ lag: 9 })];

  it("takes its figures and partitions, comparing its name without case", () => {
    const merged = mergeConsumerGroup(detail, event({ group: "BILLING", store: "main", partitions }));
    expect([merged.totalLag, merged.partitions]).toEqual([500, partitions]);
  });

  it("keeps its partitions when the event has those of another group or store", () => {
    for (const other of [{ group: "archive" }, { group: "billing", store: "other" }]) {
      expect(mergeConsumerGroup(detail, event({ ...other, partitions })).partitions).toBe(detail.partitions);
    }
  });

  it("keeps its last figures when it is no longer listed", () => {
    expect(mergeConsumerGroup(detail, event({ consumerGroups: [] }))).toBe(detail);
  });
});

describe("one hub after a refresh", () => {
  it("takes partitions if given, and keeps them otherwise", () => {
    const detail = fixtureHubDetail();
    const hubPartitions = [fixturePartition({ partitionId: "9" })];
    expect(mergeEventHub(detail, event({ hubPartitions })).partitions).toBe(hubPartitions);
    expect(mergeEventHub(detail, event()).partitions).toBe(detail.partitions);
    expect(mergeEventHub(detail, event({ hub: "telemetry" }))).toBe(detail);
  });
});
