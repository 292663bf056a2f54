import { describe, expect, it } from "vitest";
import { colorMemory, readColors, rememberColors } from "#lib/client/owners/color-memory.ts";
import { assignColors, colorParts, identityColorCount } from "#lib/client/owners/identity-colors.ts";

const ids = ["a", "b", "c", "d", "e", "f", "g", "h"];
const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const differ = (colors: Map<string, number>, of: readonly string[]) =>
  new Set(of.map((id) => colors.get(id))).size;

describe("colours", () => {
  it("differ for as many owners as there are colours, in any order", () => {
    const colors = assignColors(ids);
    expect(new Set(colors.values()).size).toBe(ids.length);
    expect(assignColors([...ids].reverse())).toEqual(colors);
  });

  it("are plain for the first eight, and distinguish 64 with stripes", () => {
    expect([...assignColors(ids).values()].every((color) => colorParts(color).stripe === null)).toBe(true);
    const drawn = [...assignColors(numbered("pod-", 64)).values()].map(colorParts);
    expect(new Set(drawn.map(({ fill, stripe }) => `${fill} ${stripe}`)).size).toBe(64);
    expect(drawn.filter(({ fill, stripe }) => fill === stripe)).toEqual([]);
  });

  it("stay with an owner when others come and go", () => {
    const before = assignColors(["x", "y", "z"]);
    const after = assignColors(["w", "z", "x"], before);
    expect([after.get("x"), after.get("z")]).toEqual([before.get("x"), before.get("z")]);
    expect(new Set(after.values()).size).toBe(3);
  });

  it("differ among active owners, however many are gone, and come before those of past owners", () => {
    const active = numbered("pod-", 6);
    const colors = assignColors(active, new Map(), numbered("gone-", 40));
    expect(differ(colors, active)).toBe(6);
    expect(colors).toEqual(new Map([...assignColors(active), ...colors]));
    const taken = new Set(active.map((id) => colors.get(id)));
    for (const id of numbered("gone-", 40)) expect(taken).not.toContain(colors.get(id));
  });

  it("stay with an owner that goes, while a new one gets another", () => {
    const before = assignColors(["a", "b", "c"]);
    const after = assignColors(["a", "b", "d"], before, ["c"]);
    expect(after.get("c")).toBe(before.get("c"));
    expect(differ(after, ["a", "b", "c", "d"])).toBe(4);
  });

  it("change for the later remembered of two active owners that shared one", () => {
    const before = new Map([
      ["z", 3],
      ["a", 3],
    ]);
    const after = assignColors(["a", "z"], before);
    expect(after.get("z")).toBe(3);
    expect(after.get("a")).not.toBe(3);
    expect(assignColors(["a", "z"], rememberColors(before, after))).toEqual(after);
  });

  it("settle with more active owners than colours", () => {
    const many = numbered("pod-", 70);
    const first = assignColors(many);
    expect(new Set(first.values()).size).toBe(identityColorCount);
    expect(assignColors(many, first)).toEqual(first);
  });
});

describe("the memory of colours", () => {
  it("stays the same object when nothing is new", () => {
    const remembered = new Map([["a", 1]]);
    expect(rememberColors(remembered, new Map([["a", 1]]))).toBe(remembered);
    expect(rememberColors(remembered, new Map([["a", 2]])).get("a")).toBe(2);
  });

  it("forgets the oldest, but none in use", () => {
    const remembered = new Map(numbered("old-", 500).map((id) => [id, 1]));
    const next = rememberColors(
      remembered,
      new Map([
        ["old-0", 1],
        ["new", 2],
      ]),
    );
    expect(next.size).toBe(500);
    expect([next.has("old-0"), next.has("old-1"), next.has("new")]).toEqual([true, false, true]);
  });

  it.each([null, "", "{", "{}", "[1]", '[["a"]]', '[["a",0]]', '[["a",65]]', '[["a",1.5]]', "[[1,1]]"])(
    "is empty for %j",
    (text) => {
      expect(readColors(text).size).toBe(0);
    },
  );

  it("reads back as written", () => {
    const colors = assignColors(ids);
    expect(readColors(JSON.stringify([...colors]))).toEqual(colors);
  });
});

it("of a first render, which knows none of the remembered colours, replace none", () => {
  const given = (color: number) => new Map([["a", color]]);
  colorMemory.keep(given(1), colorMemory.none());
  expect(colorMemory.get().get("a")).toBe(1);
  colorMemory.keep(given(2), colorMemory.none());
  expect(colorMemory.get().get("a")).toBe(1);
  colorMemory.keep(given(3), colorMemory.get());
  expect(colorMemory.get().get("a")).toBe(3);
});
