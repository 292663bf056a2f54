import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRanges } from "#lib/client/lag/partition-ranges.ts";
import { formatRanges } from "#lib/core/figures.ts";

const known = Array.from({ length: 32 }, (_, id) => String(id));

describe("typed partitions", () => {
  it("are single ones and ranges, in any order and with any gaps", () => {
    expect(parseRanges("7, 0-3;2", known)).toEqual({ ids: ["0", "1", "2", "3", "7"], problems: [] });
    expect(parseRanges("  4–5 ", known).ids).toEqual(["4", "5"]);
    expect(parseRanges("", known)).toEqual({ ids: [], problems: [] });
  });

  it.each([
    ["40", "There is no partition 40: there are 0 to 31."],
    ["9-3", "The range 9-3 runs backwards."],
    ["all", "“all” is neither a partition nor a range: there are 0 to 31."],
    ["30-40", "Not all of 30-40 are partitions of this hub: there are 0 to 31."],
    ["-1", "“-1” is neither a partition nor a range: there are 0 to 31."],
  ])("report what is wrong with %j", (text, problem) => {
    expect(parseRanges(text, known).problems).toEqual([problem]);
  });

  it("stay bounded for any input", () => {
    expect(parseRanges("0-999999999", known).ids).toHaveLength(32);
    expect(parseRanges("1,".repeat(9_000), known).problems).toEqual([
      "The list is longer than 8192 characters.",
    ]);
  });

  it("keep ids that are no numbers", () => {
    expect(parseRanges("a-b 1", ["1", "a-b"]).ids).toEqual(["1", "a-b"]);
  });

  it("are written in the shortest form, and read back the same", () => {
    expect(formatRanges(["7", "3", "1", "2", "0"])).toBe("0-3,7");
    expect(formatRanges(["1", "0"])).toBe("0,1");
    const all = Array.from({ length: 1_024 }, (_, id) => String(id));
    void fc.assert(
      fc.property(fc.subarray(all), (ids) => {
        const text = formatRanges(ids);
        const back = parseRanges(text, all);
        return back.problems.length === 0 && back.ids.join() === ids.join();
      }),
    );
  });

  it("fit an address even with every second of 1,024", () => {
    const odd = Array.from({ length: 512 }, (_, i) => String(i * 2));
    expect(formatRanges(odd).length).toBeLessThan(2_500);
  });
});
