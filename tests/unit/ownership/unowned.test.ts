import { expect, it } from "vitest";
import type { ObservedOwners } from "#lib/ownership/observed-owners.ts";
import { unownedStretches } from "#lib/ownership/unowned.ts";
import { hour, seen, span } from "./observed.ts";

/** In seconds; `now` if ongoing. */
function free(over: Partial<ObservedOwners>, partitionId = "0"): (string | number)[][] | undefined {
  return unownedStretches([partitionId], seen(over))
    ?.get(partitionId)
    ?.map(({ from, to }) => [from / 1000, to === null ? "now" : to / 1000]);
}

it("is between two owners, but not between a thief and its victim", () => {
  expect(free({ spans: [span("0", "a", -50, 100), span("0", "b", 130, null)] })).toEqual([[100, 130]]);
  expect(free({ spans: [span("0", "a", -50, 100), span("0", "b", 100, null)] })).toEqual([]);
});

it("continues after the last owner, up to now or to the end of the range", () => {
  const spans = [span("0", "a", -50, 100)];
  expect(free({ spans })).toEqual([[100, "now"]]);
  expect(free({ spans, isLive: false })).toEqual([[100, 2 * hour]]);
});

it("begins where something is known", () => {
  const spans = [span("0", "a", 600, null)];
  expect(free({ spans })).toEqual([[0, 600]]);
  expect(free({ spans, knownFrom: 500_000 })).toEqual([[500, 600]]);
  expect(free({ spans, knownFrom: null })).toBeUndefined();
  expect(free({})).toEqual([[0, "now"]]);
});

it("takes an owner at the first look as owner before it", () => {
  expect(free({ spans: [span("0", "a", 5, null)] })).toEqual([]);
  expect(free({ spans: [span("0", "a", 5.001, null)] })).toEqual([[0, 5.001]]);
});
