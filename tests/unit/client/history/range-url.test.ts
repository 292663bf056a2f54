import { describe, expect, it } from "vitest";
import { type RangeTexts, readRange } from "#lib/client/history/range-url.ts";

const first = { kind: "since", from: 7 } as const;
const [noon, one] = ["2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z"];
const read = (texts: Partial<RangeTexts>) =>
  readRange({ range: null, from: null, to: null, ...texts }, first);

describe("a range in the address", () => {
  it("is the default without a problem when there is none", () => {
    expect(read({})).toEqual({ range: first, problem: null, isUnset: true });
  });

  it.each([
    [{ range: "1h" }, { kind: "last", preset: "1h" }],
    [{ from: noon }, { kind: "since", from: Date.parse(noon) }],
    [
      { from: noon, to: one },
      { kind: "between", from: Date.parse(noon), to: Date.parse(one) },
    ],
    [
      { range: "zzz", from: noon },
      { kind: "since", from: Date.parse(noon) },
    ],
  ])("is read as written: %j", (texts, range) => {
    expect(read(texts)).toEqual({ range, problem: null, isUnset: false });
  });

  it.each([
    [{ range: "zzz" }, "“zzz” is no range"],
    [{ range: "" }, "“” is no range"],
    [{ from: "yesterday" }, "“yesterday” is no moment"],
    [{ range: "6h", from: noon, to: "\u202Esoon" }, "“\uFFFDsoon” is no moment"],
    [{ to: noon }, "it has an end and no start"],
    [{ from: one, to: noon }, "its end does not lie after its start"],
    [{ from: noon, to: noon }, "its end does not lie after its start"],
  ])("is reported when unusable: %j", (texts, problem) => {
    expect(read(texts)).toEqual({ range: first, problem, isUnset: false });
  });
});
