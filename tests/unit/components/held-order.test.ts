import { expect, it } from "vitest";
import { inOrder } from "#components/ui/table/held-order.ts";

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
