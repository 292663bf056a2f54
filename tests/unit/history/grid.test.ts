import fc from "fast-check";
import { expect, it } from "vitest";
import { chooseGrid } from "#lib/history/samples/grid.ts";
import { defaultRetention } from "#lib/history/samples/tiers.ts";

const now = Date.UTC(2026, 0, 15, 12);
const hour = 3_600_000;

it.each([
  ["the last hour", hour, 0, 300, 15, 0],
  ["the last hour in few points", hour, 0, 60, 60, 1],
  ["a day", 24 * hour, 0, 300, 300, 1],
  ["a week", 7 * 24 * hour, 0, 300, 3_600, 2],
  ["ten minutes, never finer than the refreshes", hour / 6, 0, 2_000, 10, 0],
  ["ten minutes of last week: minutes are what is kept of it", hour / 6, 7 * 24 * hour, 300, 60, 1],
  ["an hour of three months ago: hours are", hour, 90 * 24 * hour, 300, 3_600, 2],
  ["three years", 3 * 365 * 24 * hour, 0, 300, 4 * 86_400, 2],
])("%s", (_, length, ago, points, stepSeconds, tier) => {
  const to = now - ago;
  const grid = chooseGrid({ from: to - length, to, points, now }, 10, defaultRetention);
  expect([grid.stepSeconds, grid.tier.tier]).toEqual([stepSeconds, tier]);
});

it("covers the range up to now in whole steps, with little more points than requested", () => {
  const range = fc.record({
    from: fc.integer({ min: now - 400 * 24 * hour, max: now }),
    length: fc.integer({ min: 1, max: 400 * 24 * hour }),
    points: fc.integer({ min: 1, max: 2_000 }),
  });
  fc.assert(
    fc.property(range, ({ from, length, points }) => {
      const to = from + length;
      const grid = chooseGrid({ from, to, points, now }, 10, defaultRetention);
      const step = grid.stepSeconds * 1000;
      expect(grid.from).toBeLessThanOrEqual(from);
      expect(grid.from).toBeGreaterThan(from - step);
      expect(grid.to).toBeGreaterThanOrEqual(Math.min(to, now));
      expect(grid.to).toBeLessThan(Math.min(to, now) + step);
      expect([grid.from % step, grid.to % step]).toEqual([0, 0]);
      expect((grid.to - grid.from) / step).toBeLessThanOrEqual(points + 1);
    }),
  );
});
