import fc from "fast-check";
import { expect, it } from "vitest";
import { observeHub } from "#lib/alerts/observe-hub.ts";
import { silencedUntil } from "#lib/alerts/silences.ts";
import { roleAt } from "#lib/core/access.ts";
import { fitsPattern, fitsPatternWithoutCase } from "#lib/core/name-pattern.ts";
import { allowedLagOf } from "#lib/server/config/allowed-lag.ts";
import { rule, snapshot } from "../alerts/fixtures.ts";

it.each([
  ["orders", "orders", true],
  ["orders", "orders-2", false],
  ["orders", "Orders", false],
  ["ord*", "orders", true],
  ["ord*", "ord", true],
  ["*ers", "orders", true],
  ["*ers", "orders-2", false],
  ["*", "", true],
  ["**", "", true],
  ["", "", true],
  ["", "a", false],
  ["o*d*s", "orders", true],
  ["o*d*d*s", "orders", false],
  ["ab*ba", "aba", false],
  ["ab*ba", "abba", true],
  ["a*b*c", "abc", true],
  ["a*b*c", "acb", false],
  ["*a*a*", "a", false],
  ["o.d*", "orders", false],
  ["$Default", "$Default", true],
])("the pattern %j and the name %j: %s", (pattern, name, expected) => {
  expect(fitsPattern(pattern, name)).toBe(expected);
});

it("ignores case on request", () => {
  expect(fitsPatternWithoutCase("BATCH-*", "batch-1")).toBe(true);
  expect(fitsPatternWithoutCase("batch-*", "my-Batch-1")).toBe(false);
});

it("agrees with trying every place for every star", () => {
  const fitsSomehow = (pattern: string, name: string): boolean => {
    if (pattern === "") return name === "";
    const [one, rest] = [pattern[0], pattern.slice(1)];
    if (one !== "*") return name[0] === one && fitsSomehow(rest, name.slice(1));
    return fitsSomehow(rest, name) || (name !== "" && fitsSomehow(pattern, name.slice(1)));
  };
  const text = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });
  fc.assert(
    fc.property(text("ab*"), text("ab"), (pattern, name) => {
      expect(fitsPattern(pattern, name)).toBe(fitsSomehow(pattern, name));
    }),
  );
});

// A backtracking matcher takes two thousand million steps for this.
it("matches eight stars against sixty letters nearly as fast as one star", () => {
  const name = "a".repeat(60);
  const many = fastestMs(() => fitsPattern(`${"a*".repeat(8)}b`, name));
  const one = fastestMs(() => fitsPattern("a*", name));
  expect(many / one).toBeLessThan(1000);
});

const letters = "a".repeat(60);
const stars = "a*".repeat(8);

it.each<[string, (pattern: string) => boolean]>([
  [
    "a rule",
    (pattern) =>
      observeHub([rule({ lag: 1 }, { groups: [pattern] })], snapshot({ name: letters }), 0).length > 0,
  ],
  [
    "a silence",
    (pattern) =>
      silencedUntil(
        [{ hub: "*", rule: pattern, consumer_group: pattern, until: 1 }],
        { ruleId: letters, hub: "orders", group: letters },
        0,
      ) !== null,
  ],
  [
    "an allowed lag",
    (pattern) =>
      allowedLagOf(
        { allowedLag: 0, consumerGroupSettings: [{ consumerGroup: pattern, allowedLag: 9 }] },
        letters,
      ) === 9,
  ],
  [
    "a grant of a group",
    (pattern) =>
      roleAt([{ role: "viewer", hubs: ["*"], groups: [pattern] }], { hub: "orders", group: letters }) !==
      null,
  ],
  [
    "a grant of a hub",
    (pattern) => roleAt([{ role: "viewer", hubs: [pattern], groups: ["*"] }], { hub: letters }) !== null,
  ],
])("%s holds for a name under eight stars, and for no other, at once", (_, holds) => {
  const from = performance.now();
  expect(holds(stars)).toBe(true);
  expect(holds(`${stars}b`)).toBe(false);
  expect(performance.now() - from).toBeLessThan(1_000);
});

/** The best of five, since a pause of the machine hits one at most. */
function fastestMs(run: () => unknown): number {
  const tries = Array.from({ length: 5 }, () => {
    const from = performance.now();
    for (let turn = 0; turn < 1000; turn += 1) run();
    return performance.now() - from;
  });
  return Math.min(...tries);
}
