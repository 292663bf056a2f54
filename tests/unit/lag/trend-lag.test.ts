import fc from "fast-check";
import { expect, it } from "vitest";
import { type LinePoint, wholeLags } from "#lib/lag/trend-lag.ts";

const point = (lag: number | null, partitionsUnknown = 0, partitionsBounded = 0): LinePoint => ({
  ...{ lag, partitionsUnknown, partitionsBounded },
});
const lags = (points: readonly LinePoint[], { isStart = true, isLive = true } = {}) =>
  wholeLags(points, { isStart, isLive }).map(({ lag }) => lag);
const gap: LinePoint = { lag: null };

it("begins with a refresh that counts every partition", () => {
  expect(lags([point(5, 6), point(20)])).toEqual([null, 20]);
  expect(lags([gap, point(5, 0, 6), point(9, 1, 2), point(20)])).toEqual([null, null, null, 20]);
  expect(lags([point(5)])).toEqual([5]);
});

it("shows nothing of a start that more partitions may follow", () => {
  expect(lags([point(5, 0, 6)])).toEqual([null]);
  expect(lags([gap, point(5, 3), point(5, 3), point(5, 3)])).toEqual([null, null, null, null]);
  expect(lags([gap, point(5, 3), point(6, 3)], { isLive: false })).toEqual([null, 5, 6]);
});

it("begins late where one partition after the other gets its first checkpoint, and one never does", () => {
  const growing = [7, 6, 5, 5, 4, 3, 2].map((left, i) => point(i, 0, left));
  const grown = [1, 1, 1, 1].map((left, i) => point(70 + i, 0, left));
  expect(lags([...growing, ...grown.slice(0, 3)]).every((lag) => lag === null)).toBe(true);
  expect(lags([...growing, ...grown])).toEqual([...growing.map(() => null), 70, 71, 72, 73]);
});

it("makes a gap of a sum that lacks partitions for a moment, and none of what stays unknown", () => {
  expect(lags([point(20), point(5, 2), point(21)])).toEqual([20, null, 21]);
  const lost = [20, 20, 20, 20].map((lag) => point(lag));
  const after = [8, 8, 8, 8].map((lag) => point(lag, 1));
  expect(lags([...lost, ...after])).toEqual([20, 20, 20, 20, null, null, null, 8]);
});

it("does not tear a line at a partition's first checkpoint", () => {
  expect(lags([point(20), point(20, 0, 1), point(25)])).toEqual([20, 20, 25]);
});

it("takes the first point of a later part of a line as it is", () => {
  expect(lags([point(5, 0, 6), point(20)], { isStart: false })).toEqual([5, 20]);
  expect(lags([gap, point(5, 0, 6), point(20)], { isStart: false })).toEqual([null, null, 20]);
});

it("never makes up a lag, and draws what is whole", () => {
  const points = fc.array(
    fc
      .tuple(fc.option(fc.nat()), fc.nat({ max: 3 }), fc.nat({ max: 3 }))
      .map(([lag, unknown, bounded]) => point(lag, unknown, bounded)),
  );
  fc.assert(
    fc.property(points, fc.boolean(), fc.boolean(), (line, isStart, isLive) => {
      const drawn = wholeLags(line, { isStart, isLive });
      for (const [index, each] of line.entries()) {
        const isWhole = each.partitionsUnknown === 0 && each.partitionsBounded === 0;
        expect(isWhole ? [each.lag] : [each.lag, null]).toContain(drawn[index]?.lag);
      }
    }),
  );
});
