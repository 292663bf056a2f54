import fc from "fast-check";
import { expect, it } from "vitest";
import { keepSame, keepSameItems } from "#lib/monitor/keep-same.ts";

const idOf = ({ id }: { id: string }) => id;
const copy = <T>(value: T): T => structuredClone(value);

it("returns the old value when both are equal, and the new one otherwise", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(keepSame(one, copy(one))).toBe(one);
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      if (!isSame) expect(keepSame(one, other)).toEqual(other);
    }),
  );
  for (const [before, now] of [
    [{ lag: null }, { lag: 0 }],
    [{ lag: 0 }, {}],
    [[], {}],
    [[1], [1, 2]],
    [{ owner: null }, { owner: { ownerId: "a" } }],
  ] as [unknown, unknown][])
    expect(keepSame(before, now)).toBe(now);
});

it("keeps the equal items of a list, and the list itself when all are equal", () => {
  const before = [
    { id: "0", lag: 1, owner: { ownerId: "a" } },
    { id: "1", lag: 2, owner: null },
  ];
  expect(keepSameItems(before, copy(before), idOf)).toBe(before);
  const next = keepSameItems(before, [...copy(before.slice(0, 1)), { id: "1", lag: 3, owner: null }], idOf);
  expect(next[0]).toBe(before[0]);
  expect(next[1]).toEqual({ id: "1", lag: 3, owner: null });
  expect(keepSameItems(before, copy(before).slice(0, 1), idOf)).toEqual(before.slice(0, 1));
  expect(keepSameItems(before, copy(before).reverse(), idOf)).toEqual([before[1], before[0]]);
});
