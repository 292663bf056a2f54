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
    lagSeconds: null,
    lagSecondsIsLowerBound: false,
    eventsInPerSecond: null,
    eventsOutPerSecond: null,
  };
}

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
    { at: 2, lag: 4 },
    { at: 3, lag: null },
    { at: 5, lag: 6 },
    { at: 6, lag: null },
  ]);
  expect(trendPoints([point(1, null)])).toEqual([]);
});

it("begins no trend with part of a sum when all of it follows", () => {
  expect(trendPoints([point(1, 10, 90), point(2, 20), point(3, 21)])).toEqual([
    { at: 2, lag: 20 },
    { at: 3, lag: 21 },
  ]);
});

it("puts older points before those already seen, and repeats none", () => {
  const memory = new HubMemory();
  const { store, name } = fixtureGroup();
  const seen = { partitions: [], listedAt: 50, observedExpirationSeconds: null, busyCheckpointSeconds: {} };
  memory.observeTrends([{ group: fixtureGroup(), ...seen }], 50, new Set());
  const before = [40, 50, 60].map((at) => ({ at, lag: 1 }));
  memory.recallTrend(store, name, before);
  memory.recallTrend(store, name, before);
  expect(memory.trend(groupKey(store, name)).map(({ at }) => Date.parse(at))).toEqual([40, 50]);
});
