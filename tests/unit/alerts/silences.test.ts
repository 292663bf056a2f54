import { expect, it } from "vitest";
import { silencedUntil } from "#lib/alerts/silences.ts";

const silence = (more: object = {}) => ({
  hub: "orders",
  consumer_group: "*",
  rule: "*",
  until: 100,
  ...more,
});
const place = { ruleId: "lag", hub: "orders", group: "billing" };

it.each([
  [silence(), place, 100],
  [silence({ until: 50 }), place, null],
  [silence({ hub: "ord*" }), place, 100],
  [silence({ hub: "ORDERS" }), place, null],
  [silence({ consumer_group: "BILL*" }), place, 100],
  [silence({ consumer_group: "bill" }), place, null],
  [silence({ rule: "la*" }), place, 100],
  [silence({ rule: "stopped" }), place, null],
  // A hub's own fault belongs to no group, so only a silence of every group covers it.
  [silence(), { ...place, group: null }, 100],
  [silence({ consumer_group: "bill*" }), { ...place, group: null }, null],
])("%o holds for %o until %s", (one, where, until) => {
  expect(silencedUntil([one], where, 50)).toBe(until);
});

it("ends with the longest of the current silences", () => {
  expect(silencedUntil([silence({ until: 70 }), silence({ until: 90 })], place, 50)).toBe(90);
  expect(silencedUntil([], place, 50)).toBeNull();
});
