import { describe, expect, it } from "vitest";
import { layOutFlags } from "#components/charts/flag-layout.ts";
import { binMarks } from "#components/charts/mark-bins.ts";
import type { TimeFlag, TimeRow } from "#components/charts/time-rows.ts";

const row = (index: number, marks: string[]): TimeRow => ({
  from: index * 10,
  at: (index + 1) * 10,
  values: [],
  open: [],
  notes: [],
  marks,
});

describe("marks of steps", () => {
  const rows = [row(0, ["a"]), row(1, []), row(2, ["b", "c"]), row(3, ["d"])];

  it("are one per step when there is room", () => {
    expect(binMarks(rows, 1).map(({ at, marks }) => [at, marks.join("")])).toEqual([
      [10, "a"],
      [30, "bc"],
      [40, "d"],
    ]);
  });

  it("share a bin with their neighbours otherwise, and lose nothing", () => {
    expect(binMarks(rows, 2).map(({ from, to, at, marks }) => [from, to, at, marks.join("")])).toEqual([
      [0, 20, 10, "a"],
      [20, 40, 35, "bcd"],
    ]);
  });

  it("stay in their bin as the range moves on", () => {
    expect(binMarks(rows.slice(1), 2).at(-1)).toEqual(binMarks(rows, 2).at(-1));
    expect(binMarks([], 2)).toEqual([]);
  });
});

describe("flags over a plot", () => {
  const flag = (at: number): TimeFlag => ({
    id: `r${at}`,
    at,
    label: "latest by anna",
    href: `/resets/${at}`,
  });
  const placed = (ats: number[], width = 1_000) =>
    layOutFlags(ats.map(flag), { from: 0, to: 1_000 }, width, (flags) =>
      flags.length === 1 ? (flags[0]?.label ?? "") : `${flags.length} resets`,
    );
  const extents = (...given: Parameters<typeof placed>) =>
    placed(...given).map(({ left, side, room }) => {
      const width = room ?? 22;
      return side === "after" ? [left, left + width] : [left - width, left];
    });

  it("stand after their lines with labels when there is room", () => {
    expect(placed([100, 500]).map(({ left, side, room }) => [left, side, room !== null])).toEqual([
      [100, "after", true],
      [500, "after", true],
    ]);
  });

  it("merge when they are close", () => {
    const [first, second] = placed([100, 110, 130, 600]);
    expect(first?.flags.map(({ at }) => at)).toEqual([100, 110, 130]);
    expect(second?.flags).toHaveLength(1);
  });

  it("stand before their line at the right end", () => {
    expect(placed([995]).map(({ side, room }) => [side, room !== null])).toEqual([["before", true]]);
    expect(placed([930, 995]).map(({ side, room }) => [side, room !== null])).toEqual([
      ["before", true],
      ["before", false],
    ]);
  });

  it.each([[[0, 40, 80, 990]], [[960, 999]], [[1_000]], [[0, 500, 930, 970]]])(
    "neither overlap nor leave the plot: %j",
    (ats) => {
      for (const width of [1_000, 280]) {
        let end = 0;
        for (const [left = 0, right = 0] of extents(ats, width)) {
          expect(left).toBeGreaterThanOrEqual(end);
          expect(right).toBeLessThanOrEqual(width);
          end = right;
        }
      }
    },
  );

  it("have no place without any", () => expect(placed([])).toEqual([]));
});
