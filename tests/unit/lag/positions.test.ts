import fc from "fast-check";
import { expect, it } from "vitest";
import { lagSeconds } from "#lib/lag/lag-seconds.ts";
import { mergePositions, PositionRing } from "#lib/lag/positions.ts";
import { pairsOf, positionsOf as ringOf } from "./rings.ts";

const steady = ringOf([
  [100, 0],
  [200, 10],
  [400, 20],
]);

it("keeps the first and last observation of a constant value", () => {
  expect(
    pairsOf(
      ringOf([
        [5, 0],
        [5, 10],
        [5, 20],
        [5, 30],
        [6, 40],
      ]),
    ),
  ).toEqual([
    [5, 0],
    [5, 30],
    [6, 40],
  ]);
});

it("starts anew when the value falls, and takes a clock that was set back as standing still", () => {
  expect(
    pairsOf(
      ringOf([
        [5, 0],
        [9, 10],
        [3, 20],
      ]),
    ),
  ).toEqual([[3, 20]]);
  expect(
    pairsOf(
      ringOf([
        [5, 10],
        [6, 4],
        [7, 12],
      ]),
    ),
  ).toEqual([
    [5, 10],
    [6, 10],
    [7, 12],
  ]);
});

it("forgets the oldest pairs beyond its capacity", () => {
  const values = Array.from({ length: 1000 }, (_, index) => [index, index] as const);
  expect(pairsOf(ringOf(values, 360))).toEqual(values.slice(-360));
  expect(pairsOf(ringOf(values, 2))).toEqual(values.slice(-2));
  expect(ringOf(values, 3).timeAt(3)).toBeNaN();
});

it("interpolates between the two pairs that enclose the checkpoint", () => {
  expect(lagSeconds(steady, 150, 250, 25_000)).toEqual({ seconds: 20, quality: "measured" });
  expect(lagSeconds(steady, 300, 100, 25_000)).toEqual({ seconds: 10, quality: "measured" });
  expect(lagSeconds(steady, 200, 200, 25_000)).toEqual({ seconds: 15, quality: "measured" });
});

it("is 0 without lag, however long the hub is quiet", () => {
  const quiet = ringOf([
    [100, 0],
    [100, 3600],
  ]);
  expect(lagSeconds(quiet, 100, 0, 3_600_000)).toEqual({ seconds: 0, quality: "level" });
  expect(lagSeconds(new PositionRing(), null, 0, 0)).toEqual({ seconds: 0, quality: "level" });
});

it("dates the last event before a pause by its first observation", () => {
  const ring = ringOf([
    [100, 0],
    [200, 10],
    [200, 500],
    [300, 510],
  ]);
  expect(lagSeconds(ring, 200, 100, 510_000).seconds).toBe(500);
  expect(lagSeconds(ring, 250, 50, 510_000).seconds).toBe(5);
});

it("dates the value of the first observation by when it appeared, if known", () => {
  const idle = (since: number | null) => {
    const ring = new PositionRing();
    ring.add(100, 50_000, since);
    ring.add(100, 500_000);
    ring.add(200, 510_000);
    return ring;
  };
  expect(lagSeconds(idle(20_000), 100, 100, 510_000)).toEqual({ seconds: 490, quality: "measured" });
  expect(lagSeconds(idle(50_000), 100, 100, 510_000)).toEqual({ seconds: 460, quality: "measured" });
  expect(lagSeconds(idle(null), 100, 100, 510_000)).toEqual({ seconds: 460, quality: "lowerBound" });
  expect(lagSeconds(idle(20_000), 99, 101, 510_000)).toEqual({ seconds: 490, quality: "lowerBound" });
});

it("knows the time of the oldest kept pair, but not of a plateau without its beginning", () => {
  const plateau = ringOf(
    [
      [100, 0],
      [200, 10],
      [200, 50],
      [300, 60],
      [400, 70],
    ],
    3,
  );
  expect(pairsOf(plateau)).toEqual([
    [200, 50],
    [300, 60],
    [400, 70],
  ]);
  expect(lagSeconds(plateau, 200, 200, 70_000)).toEqual({ seconds: 20, quality: "lowerBound" });
  const rising = ringOf(
    [
      [100, 0],
      [200, 10],
      [200, 50],
      [300, 60],
      [400, 70],
      [500, 80],
    ],
    3,
  );
  expect(lagSeconds(rising, 300, 200, 80_000)).toEqual({ seconds: 20, quality: "measured" });
});

it("merges two rings that saw parts of it", () => {
  const whole = [
    [100, 0],
    [200, 10],
    [200, 30],
    [300, 40],
  ] as const;
  const [early, late] = [ringOf(whole.slice(0, 2)), ringOf(whole.slice(1))];
  expect(pairsOf(mergePositions(early, late))).toEqual(whole);
  expect(pairsOf(mergePositions(late, early))).toEqual(whole);
  const exact = new PositionRing();
  exact.add(90, 5_000, 1_000);
  expect(mergePositions(late, exact).startsExact).toBe(true);
  expect(mergePositions(ringOf([[80, 0]]), exact).startsExact).toBe(false);
});

it("gives a lower bound for a checkpoint older than the kept pairs", () => {
  expect(lagSeconds(steady, 99, 301, 25_000)).toEqual({ seconds: 25, quality: "lowerBound" });
});

it.each([
  ["no pairs", new PositionRing(), 150, 5],
  ["one pair", ringOf([[100, 0]]), 50, 50],
  ["no lag known", steady, 150, null],
  ["no checkpoint", steady, null, 400],
  ["a checkpoint past the newest pair", steady, 401, 3],
])("is unknown with %s", (_, ring, cp, lag) => {
  expect(lagSeconds(ring, cp, lag, 25_000)).toEqual({ seconds: null, quality: "unknown" });
});

const steps = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 60 })), {
  minLength: 2,
  maxLength: 50,
});

it("is never negative, never grows as the checkpoint moves on, and is limited by the kept pairs", () => {
  fc.assert(
    fc.property(steps, fc.nat(100), (moves, later) => {
      const ring = new PositionRing(20);
      let value = 1000;
      let second = 0;
      for (const [up, wait] of moves) {
        value += up;
        second += wait;
        ring.add(value, second * 1000);
      }
      fc.pre(ring.size >= 2);
      const now = (second + later) * 1000;
      let previous = Number.POSITIVE_INFINITY;
      for (let cp = ring.sequenceNumberAt(0) - 1; cp < value; cp += 1) {
        const { seconds } = lagSeconds(ring, cp, value - cp, now);
        expect(seconds).toBeLessThanOrEqual(previous);
        expect(seconds).toBeGreaterThanOrEqual(later);
        expect(seconds).toBeLessThanOrEqual((now - ring.timeAt(0)) / 1000);
        previous = seconds ?? Number.NaN;
      }
    }),
  );
});
