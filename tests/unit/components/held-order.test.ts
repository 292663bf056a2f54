import { expect, it } from "vitest";
import { inOrder, steadyOrder } from "#components/ui/table/held-order.ts";

const order = (rows: string, ids: string) => inOrder([...rows], (row) => row, [...ids]).join("");

it.each([
  ["keeps each row where it was", "cab", "abc", "abc"],
  ["leaves out a row that is gone", "ca", "abc", "ac"],
  ["puts a new row behind the one that it follows", "cxab", "abc", "abcx"],
  ["puts a new first row first", "xcab", "abc", "xabc"],
  ["keeps new rows in their own order", "cxyab", "abc", "abcxy"],
  ["shows all rows after a filter that hid them is gone", "abcdef", "ce", "abcdef"],
])("a held order %s", (_, rows, ids, expected) => {
  expect(order(rows, ids)).toBe(expected);
});

const largestFirst = (before: number[]) =>
  steadyOrder(
    before.toSorted((a, b) => b - a),
    before,
    (a, b) => Math.abs(a - b) <= 10,
  );

it.each([
  ["keeps places where little changed", [100, 95, 104], [100, 95, 104]],
  ["moves a row past all that are noticeably less", [30, 25, 1_000], [1_000, 30, 25]],
  ["moves only that row", [25, 30, 1_000, 5], [1_000, 25, 30, 5]],
  ["is exact where small steps add up", [10, 19, 28], [28, 19, 10]],
])("an untouched order %s", (_, before, expected) => {
  expect(largestFirst(before)).toEqual(expected);
});
