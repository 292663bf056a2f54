import { expect, it } from "vitest";
import { allOnTop, nextPlaces, type Places } from "#components/ui/arriving-places.ts";

const look = (before: Places, here: string[], more: { isHidden?: boolean; isKept?: boolean } = {}) =>
  nextPlaces(before, { here, isHidden: false, isKept: true, ...more });
const top = (...keys: string[]): Places => ({ place: "top", top: keys });
const dock: Places = { place: "dock", top: [] };
const none: Places = { place: null, top: [] };

it("leaves what was there at the first look above the page, and lets what joins wait in the dock", () => {
  expect(allOnTop(["a", "b"])).toEqual(top("a", "b"));
  expect(look(top("a"), ["a", "b"])).toEqual(top("a"));
  expect(look(none, ["a"])).toEqual(dock);
  expect(look(dock, ["a", "b"])).toEqual(dock);
});

it("keeps the places of lines that come and go beside one that stays", () => {
  expect(look(top("a", "b"), ["b"])).toEqual(top("a", "b"));
  expect(look(top("a", "b"), ["b", "c"])).toEqual(top("a", "b"));
});

it("gives the room of what ended to as many others", () => {
  expect(look(top("a"), ["b", "c"])).toEqual(top("b"));
  expect(look(top("a", "b"), ["c"])).toEqual(top("c"));
});

it("keeps the place of what ended where that says so, until nobody looks", () => {
  expect(look(top("a"), [])).toEqual(top("a"));
  expect(look(top("a"), ["b", "c"])).toEqual(top("b"));
  expect(look(top("a"), [], { isHidden: true })).toEqual(none);
  expect(look(top("a"), [], { isKept: false })).toEqual(none);
  expect(look(dock, [])).toEqual(none);
});

it("moves all to the top while nobody looks", () => {
  expect(look(dock, ["a"], { isHidden: true })).toEqual(top("a"));
  expect(look(top("a"), ["a", "b"], { isHidden: true })).toEqual(top("a", "b"));
});
