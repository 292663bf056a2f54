import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localTimes, utcTimes } from "#lib/client/history/time-axis.ts";
import { isLiveRange, rangeMoments, rangeName, toTimeRange } from "#lib/client/history/time-range.ts";
import { parseAsMoment } from "#lib/client/url/page-state.ts";

const now = Date.parse("2026-03-01T12:00:00Z");
const hour = 3_600_000;

describe("a moment in the URL", () => {
  it("survives the URL", () => {
    const comesBack: fc.IProperty<[Date]> = fc.property(
      fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
      (date) => parseAsMoment.parse(parseAsMoment.serialize(date.getTime())) === date.getTime(),
    );
    void fc.assert(comesBack);
  });

  it.each(["", "yesterday", "2026-03-01", "2026-13-01T00:00:00Z", "2026-03-01T00:00:00", "1772323200000"])(
    "is none for %j",
    (text) => {
      expect(parseAsMoment.parse(text)).toBeNull();
    },
  );
});

describe("a range of time", () => {
  it("is the preset's length up to now without moments", () => {
    const range = toTimeRange({ range: "6h", from: null, to: null });
    expect(rangeMoments(range, now)).toEqual({ from: now - 6 * hour, to: null });
    expect(isLiveRange(range)).toBe(true);
  });

  it("runs up to now from a moment without an end", () => {
    const range = toTimeRange({ range: "1h", from: now - 2 * hour, to: null });
    expect(rangeMoments(range, now)).toEqual({ from: now - 2 * hour, to: null });
    expect(isLiveRange(range)).toBe(true);
    expect(rangeMoments({ kind: "since", from: now + hour }, now).from).toBeLessThan(now);
  });

  it("lies between two moments, and is then not live", () => {
    const range = toTimeRange({ range: "1h", from: now - 2 * hour, to: now - hour });
    expect(rangeMoments(range, now)).toEqual({ from: now - 2 * hour, to: now - hour });
    expect(isLiveRange(range)).toBe(false);
    expect(rangeName(range, utcTimes)).toBe("2026-03-01 10:00:00 to 11:00:00 UTC");
  });

  it.each([
    { from: now, to: now },
    { from: now, to: now - hour },
    { from: null, to: now },
  ])("is the preset when from and to make no range: %j", (moments) => {
    expect(toTimeRange({ range: "7d", ...moments })).toEqual({ kind: "last", preset: "7d" });
  });
});

describe("an axis of time", () => {
  it.each([60_000, 15 * 60_000, hour, 6 * hour, 24 * hour, 7 * 24 * hour, 400 * 24 * hour])(
    "has a few evenly spaced ticks within %d ms",
    (length) => {
      const ticks = localTimes.ticks(now - length, now, 8);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(ticks.every((at) => at >= now - length && at <= now)).toBe(true);
      expect(new Set(ticks.slice(1).map((at, i) => at - (ticks[i] ?? 0))).size).toBe(1);
    },
  );

  it("has no ticks without a range", () => {
    expect(localTimes.ticks(now, now, 8)).toEqual([]);
  });

  it("names days at midnight, and seconds only when they differ", () => {
    const local = (h: number, m: number, s: number) => new Date(2026, 2, 1, h, m, s).getTime();
    expect(localTimes.tick(local(0, 0, 0))).toBe("03-01");
    expect(localTimes.tick(local(14, 30, 0))).toBe("14:30");
    expect(localTimes.tick(local(14, 30, 15))).toBe("14:30:15");
  });

  it("converts a moment to an input field and back", () => {
    for (const { toInput, fromInput } of [localTimes, utcTimes]) {
      expect(fromInput(toInput(now))).toBe(now);
      expect(fromInput("")).toBeNull();
      expect(fromInput("2026-03-")).toBeNull();
    }
    expect(utcTimes.toInput(now)).toBe("2026-03-01T12:00:00");
  });

  it("writes a moment for a table, and for a file that other programs read", () => {
    expect([utcTimes.zone, utcTimes.stamp(now), utcTimes.iso(now)]).toEqual([
      "UTC",
      "2026-03-01 12:00:00",
      "2026-03-01T12:00:00.000Z",
    ]);
    expect(Date.parse(localTimes.iso(now))).toBe(now);
    expect(localTimes.iso(now)).toMatch(/^2026-0\d-\d\dT\d\d:\d\d:00\.000[+-]\d\d:\d\d$/);
  });
});
