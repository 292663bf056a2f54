import { describe, expect, it } from "vitest";
import { trendPath } from "#components/charts/trend-path.ts";

describe("the path of a trend", () => {
  it("goes from point to point, and its area down to the foot", () => {
    const points = [
      { x: 0, y: 40.4 },
      { x: 10.4, y: 20 },
      { x: 20.8, y: 30 },
    ];
    expect(trendPath(points, 100)).toEqual({
      line: "M0 40h0l10 -20l11 10",
      area: "M0 100V40l10 -20l11 10V100Z",
    });
  });

  it("adds no error from step to step", () => {
    const points = Array.from({ length: 1001 }, (_, i) => ({ x: i * 0.7, y: 0 }));
    const steps = [...trendPath(points, 100).line.matchAll(/l(\d+) 0/g)].map(([, x]) => Number(x));
    expect(steps.reduce((sum, x) => sum + x, 0)).toBe(700);
  });

  it("has a gap where a value is unknown, and a dot for a lone one", () => {
    const points = [
      { x: 0, y: null },
      { x: 10, y: 5 },
      { x: 20, y: null },
      { x: 30, y: 6 },
      { x: 40, y: 7 },
    ];
    expect(trendPath(points, 9)).toEqual({
      line: "M10 5h0M30 6h0l10 1",
      area: "M10 9V5V9ZM30 9V6l10 1V9Z",
    });
    expect(trendPath([{ x: 0, y: null }], 9)).toEqual({ line: "", area: "" });
  });
});
