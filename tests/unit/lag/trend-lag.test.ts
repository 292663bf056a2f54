import { expect, it } from "vitest";
import { partialPoints, trendLag } from "#lib/lag/trend-lag.ts";

const group = { measuredLag: 5_000, stale: false, partitionsUnknown: 0, totalLagIsUpperBound: false };
const gap = { lag: null };

it("begins with a refresh that counts every partition", () => {
  expect(trendLag(group, [])).toBe(5_000);
  expect(trendLag({ ...group, partitionsUnknown: 3 }, [])).toBeNull();
  expect(trendLag({ ...group, totalLagIsUpperBound: true }, [gap, gap])).toBeNull();
});

it("waits for that at most three refreshes, and then takes what is measured", () => {
  const partial = { ...group, partitionsUnknown: 3 };
  expect(trendLag(partial, [gap, gap, gap])).toBe(5_000);
  expect(trendLag(partial, [{ lag: 20_000 }])).toBe(5_000);
});

it("has a gap when the last refresh failed", () => {
  expect(trendLag({ ...group, stale: true }, [{ lag: 1 }])).toBeNull();
});

it("leaves out the recorded start of a line while partitions lack, for three points at most", () => {
  const whole = { lag: 8, isWhole: true };
  const part = { lag: 4, isWhole: false };
  const none = { lag: null, isWhole: false };
  expect(partialPoints([none, part, part, whole, part])).toBe(3);
  expect(partialPoints([part, part, part, whole])).toBe(3);
  expect(partialPoints([part, part, part, part, whole])).toBe(0);
  expect(partialPoints([none, whole, part])).toBe(0);
  expect(partialPoints([part, part])).toBe(0);
  expect(partialPoints([none])).toBe(0);
});
