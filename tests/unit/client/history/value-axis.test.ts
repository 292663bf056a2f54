import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countTicks, formatTick, rateTicks, secondTicks } from "#lib/client/history/value-axis.ts";

const units = { "": 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

function read(label: string): number {
  const [, digits, unit] = /^([\d.]+)([KMBT]?)$/.exec(label) ?? [];
  return Number((Number(digits) * units[(unit ?? "") as keyof typeof units]).toPrecision(12));
}

describe("an axis of values", () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [11, [0, 5, 10, 15]],
    [450, [0, 100, 200, 300, 400, 500]],
    [1_300, [0, 500, 1_000, 1_500]],
    [1_950, [0, 500, 1_000, 1_500, 2_000]],
    [24_000, [0, 5_000, 10_000, 15_000, 20_000, 25_000]],
  ])("covers counts up to %d", (highest, ticks) => {
    expect(countTicks(highest)).toEqual(ticks);
  });

  it.each([
    [0, [0, 1]],
    [0.1, [0, 0.02, 0.04, 0.06, 0.08, 0.1]],
    [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [12, [0, 2.5, 5, 7.5, 10, 12.5]],
    [112, [0, 25, 50, 75, 100, 125]],
  ])("covers rates up to %d", (highest, ticks) => {
    expect(rateTicks(highest)).toEqual(ticks);
  });

  it.each([
    [0, [0, 1]],
    [48, [0, 15, 30, 45, 60]],
    [205, [0, 60, 120, 180, 240]],
    [3_000, [0, 900, 1_800, 2_700, 3_600]],
    [90_000, [0, 43_200, 86_400, 129_600]],
  ])("covers seconds up to %d", (highest, ticks) => {
    expect(secondTicks(highest)).toEqual(ticks);
  });

  it("has few labels, all exact", () => {
    const exact: fc.IProperty<[number]> = fc.property(fc.integer({ min: 0, max: 1e12 }), (highest) => {
      for (const ticks of [countTicks(highest), rateTicks(highest)]) {
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest);
        expect(ticks.map((tick) => read(formatTick(tick)))).toEqual(ticks);
      }
    });
    void fc.assert(exact);
  });
});
