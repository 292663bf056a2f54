import { describe, expect, it } from "vitest";
import { type Behind, observeBehind } from "#lib/lag/pace/behind.ts";

const gap = 60_000;
const seen = (...looks: [second: number, isBehind: boolean | null][]) =>
  looks.reduce<Behind | null>(
    (before, [second, isBehind]) => observeBehind(before, isBehind, second * 1_000, gap),
    null,
  )?.since ?? null;

describe("since when a group is behind", () => {
  it("is when it was first seen so after it had been seen caught up, and stays", () => {
    expect(seen([0, false], [10, true])).toBe(10_000);
    expect(seen([0, false], [10, true], [20, true], [30, null], [40, true])).toBe(10_000);
    expect(seen([0, false], [10, true], [20, false], [30, true])).toBe(30_000);
  });

  it("is not known where nobody saw it begin, or could tell whether it had ended", () => {
    expect(seen([0, true], [10, true])).toBeNull();
    expect(seen([0, null], [10, true])).toBeNull();
    expect(seen([0, false], [70, true])).toBeNull();
    expect(seen([0, false], [10, true], [80, true])).toBeNull();
    expect(seen([0, false], [10, true], [40, null], [71, null], [75, true])).toBeNull();
  });

  it("is none of a group that is caught up", () => {
    expect(seen([0, false], [10, true], [20, false])).toBeNull();
  });
});
