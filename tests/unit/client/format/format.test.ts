import { describe, expect, it } from "vitest";
import {
  formatAge,
  formatBehind,
  formatCount,
  formatDuration,
  formatLag,
  formatRate,
  formatShare,
  formatUntilLoss,
  plural,
} from "#lib/client/format/format.ts";

const now = Date.parse("2026-03-02T14:32:10.000Z");
const past = (seconds: number) => new Date(now - seconds * 1000).toISOString();

describe("figures", () => {
  it.each([
    [0, "0"],
    [1_204_311, "1,204,311"],
    [Number.MAX_SAFE_INTEGER, "9,007,199,254,740,991"],
    [null, "—"],
  ])("writes the count %s as %s", (count, text) => expect(formatCount(count)).toBe(text));

  it("marks an upper bound, except for 0 and unknown", () => {
    expect(formatLag(61_204, true)).toBe("≤ 61,204");
    expect(formatLag(61_204, false)).toBe("61,204");
    expect(formatLag(0, true)).toBe("0");
    expect(formatLag(null, true)).toBe("—");
  });

  it.each([
    [0, "0 s"],
    [0.4, "< 1 s"],
    [59.9, "59 s"],
    [60, "1 m"],
    [192, "3 m 12 s"],
    [3_600, "1 h"],
    [9_660, "2 h 41 m"],
    [86_400 * 5 + 3_600 * 3 + 59, "5 d 3 h"],
    [86_400, "1 d"],
    [-3, "0 s"],
    [Number.POSITIVE_INFINITY, "—"],
    [null, "—"],
  ])("writes the duration %s as %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it("marks a lower bound in time", () => {
    expect(formatBehind(192, true)).toBe("≥ 3 m 12 s");
    expect(formatBehind(0, true)).toBe("0 s");
    expect(formatBehind(null, true)).toBe("—");
  });

  it("writes an age in its largest unit, never in the future", () => {
    expect(formatAge(past(3), now)).toBe("3 s ago");
    expect(formatAge(past(7_380), now)).toBe("2 h ago");
    expect(formatAge(past(-5), now)).toBe("just now");
    expect(formatAge(null, now)).toBe("—");
    expect(formatAge(null, now, "never")).toBe("never");
  });

  it.each([
    [0, "0/s"],
    [0.01, "< 0.1/s"],
    [0.44, "0.4/s"],
    [9.96, "10/s"],
    [812.4, "812/s"],
    [12_340, "12,340/s"],
    [null, "—"],
  ])("writes the rate %s as %s", (rate, text) => expect(formatRate(rate)).toBe(text));

  it("never rounds a share to nothing or to everything", () => {
    expect(formatShare(0)).toBe("0 %");
    expect(formatShare(0.001)).toBe("< 1 %");
    expect(formatShare(0.04)).toBe("4 %");
    expect(formatShare(0.999)).toBe("> 99 %");
    expect(formatShare(1)).toBe("100 %");
    expect(formatShare(null)).toBe("—");
  });

  it("tells when a loss comes, and says now when it happens", () => {
    expect([null, 0, 0.5, 7_200].map(formatUntilLoss)).toEqual(["—", "now", "< 1 s", "2 h"]);
  });

  it("counts things in words", () => {
    expect(plural(1, "group")).toBe("1 group");
    expect(plural(1_024, "partition")).toBe("1,024 partitions");
  });
});
