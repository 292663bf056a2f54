import { expect, it } from "vitest";
import type { HistoryPoint } from "#lib/history/samples/points.ts";
import { HubMemory } from "#lib/monitor/memory.ts";
import { groupKey } from "#lib/monitor/snapshot.ts";
import { trendPoints } from "#lib/server/history/recall-trends.ts";
import { fixtureGroup } from "#tests/support/worlds/fixture-world.ts";

function point(at: number, measuredLag: number | null, lag = measuredLag): HistoryPoint {
  return {
    at,
    lag,
    lagMax: lag,
    measuredLag,
    measuredLagMax: measuredLag,
    partitionsUnknown: 0,
    partitionsBounded: lag === measuredLag ? 0 : 1,
    lagSeconds: null,
    lagSecondsIsLowerBound: false,
    eventsInPerSecond: null,
    eventsOutPerSecond: null,
  };
}

const seen = { partitions: [], listedAt: 50, observedExpirationSeconds: null, busyCheckpointSeconds: {} };

it("begins a trend with the first lag that was measured, and keeps a gap as one point", () => {
  const points = [
    point(1, null, 900),
    point(2, 4),
    point(3, null),
    point(4, null),
    point(5, 6),
    point(6, null),
  ];
  expect(trendPoints(points)).toEqual([
    { at: 2, lag: 4, partitionsUnknown: 0, partitionsBounded: 0 },
    expect.objectContaining({ at: 3, lag: null }),
    expect.objectContaining({ at: 5, lag: 6 }),
    expect.objectContaining({ at: 6, lag: null }),
  ]);
  expect(trendPoints([point(1, null)])).toEqual([]);
});

it("begins no trend with part of a sum, whether it was recalled or seen", () => {
  const memory = new HubMemory();
  const { store, name } = fixtureGroup();
  const see = (at: number, measuredLag: number, partitionsBounded: number) =>
    memory.observeTrends(
      [{ ...seen, group: fixtureGroup({ measuredLag, partitionsBounded }) }],
      at,
      new Set([store]),
    );
  const lags = () => memory.trend(groupKey(store, name)).map(({ lag }) => lag);
  see(40, 10, 1);
  expect(lags()).toEqual([null]);
  see(50, 20, 0);
  expect(lags()).toEqual([null, 20]);
  memory.recallTrend(store, name, trendPoints([point(20, 5, 90), point(30, 6, 80)]));
  expect(lags()).toEqual([null, null, null, 20]);
});

it("puts older points before those already seen, and repeats none", () => {
  const memory = new HubMemory();
  const { store, name } = fixtureGroup();
  memory.observeTrends([{ group: fixtureGroup(), ...seen }], 50, new Set());
  const before = [40, 50, 60].map((at) => ({ at, lag: 1 }));
  memory.recallTrend(store, name, before);
  memory.recallTrend(store, name, before);
  expect(memory.trend(groupKey(store, name)).map(({ at }) => Date.parse(at))).toEqual([40, 50]);
});
