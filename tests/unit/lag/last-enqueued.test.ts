import { describe, expect, it } from "vitest";
import { noCommits } from "#lib/lag/commits.ts";
import { PositionRing } from "#lib/lag/positions.ts";
import { lowestLastEnqueued, type ObservedInWindow } from "#lib/lag/status.ts";
import { positionsOf, ringOf } from "./rings.ts";

const seen = (over: Partial<ObservedInWindow> & { second: number }) => {
  const { second, ...rest } = over;
  return lowestLastEnqueued({
    positions: new PositionRing(),
    ring: noCommits,
    now: second * 1000,
    refreshMs: 10_000,
    lastEvent: null,
    ...rest,
  });
};

const positions = positionsOf(
  Array.from({ length: 61 }, (_, index) => [index * 10 < 500 ? 100 : index * 10, index * 10] as const),
);

describe("the smallest last-enqueued value seen in the window", () => {
  it("reaches back as far as the commits span", () => {
    expect(seen({ positions, ring: ringOf([1, 0, 1], [2, 111, 1]), second: 600 })).toBe(100);
    expect(seen({ positions, ring: ringOf([1, 0, 1], [2, 50, 1]), second: 600 })).toBe(550);
  });

  it("reaches back 5 minutes for a single commit, and 3 refreshes at least", () => {
    expect(seen({ positions, ring: ringOf([1, 0, 1]), second: 789 })).toBe(100);
    expect(seen({ positions, ring: ringOf([1, 0, 1]), second: 800 })).toBe(500);
    expect(seen({ positions, ring: ringOf([1, 0, 1], [2, 1, 1]), second: 600 })).toBe(570);
  });

  it("is null when nothing was ever seen", () => {
    expect(seen({ second: 0 })).toBeNull();
  });

  it("is the last value before the window if nobody watched since, as it may have stayed until now", () => {
    const restarted = positionsOf([
      [100, 0],
      [100, 60],
      [170, 3_600],
    ]);
    const ring = ringOf([90, 0, 1], [100, 20, 0]);
    expect(seen({ positions: restarted, ring, second: 3_600 })).toBe(100);
    expect(seen({ positions: restarted, ring, second: 3_629 })).toBe(100);
    expect(seen({ positions: restarted, ring, second: 3_630 })).toBe(170);
  });

  it("counts the value before the newest event, dated by the event itself", () => {
    const first = positionsOf([[101, 1_000]]);
    const ring = ringOf([100, 0, 0]);
    const lastEvent = { sequenceNumber: 101, enqueuedAt: 999_000 };
    expect(seen({ positions: first, ring, second: 1_000, lastEvent })).toBe(100);
    expect(seen({ positions: first, ring, second: 999 + 300, lastEvent })).toBe(100);
    expect(seen({ positions: first, ring, second: 999 + 301, lastEvent })).toBe(101);
    expect(seen({ positions: new PositionRing(), ring, second: 1_000, lastEvent })).toBe(100);
  });
});
