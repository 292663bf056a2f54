import fc from "fast-check";
import { expect, it } from "vitest";
import { keepSame, keepSameItems } from "#lib/monitor/keep-same.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";

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

it("keeps the equal items of a list, and the list itself when all are equal", async () => {
  const before = [
    { id: "0", lag: 1, owner: { ownerId: "a" } },
    { id: "1", lag: 2, owner: null },
  ];
  expect(await keepSameItems(before, copy(before), idOf)).toBe(before);
  const next = await keepSameItems(
    before,
    [...copy(before.slice(0, 1)), { id: "1", lag: 3, owner: null }],
    idOf,
  );
  expect(next[0]).toBe(before[0]);
  expect(next[1]).toEqual({ id: "1", lag: 3, owner: null });
  expect(await keepSameItems(before, copy(before).slice(0, 1), idOf)).toEqual(before.slice(0, 1));
  expect(await keepSameItems(before, copy(before).reverse(), idOf)).toEqual([before[1], before[0]]);
});

it("keeps over two refreshes what nothing changed in, and only that", async () => {
  let at = noon;
  let movedTo = 89;
  const still = storedGroup("still", [checkpoint("0", 99), checkpoint("1", 99)], [ownership("0", "a")]);
  const moves = () =>
    storedGroup("moves", [checkpoint("0", movedTo, at), checkpoint("1", 99)], [ownership("0", "a")]);
  const refresh = refresher(
    monitoredHub(async () => hubReading([properties("0"), properties("1")], at), {
      main: async () => storeReading([moves(), still], at),
    }),
  );
  const next = async (position: number) => {
    at += 10_000;
    movedTo = position;
    const { groups } = await refresh(at);
    const [moved, same] = groups;
    if (moved?.group.name !== "moves" || same?.group.name !== "still") throw new Error("other groups");
    return { moved, same };
  };
  await next(90);
  await next(91);
  const before = await next(92);
  const after = await next(93);
  // Only the times of the refresh differ.
  expect(after.same).toEqual({
    ...before.same,
    listedAt: after.same.listedAt,
    group: { ...before.same.group, observedAt: after.same.group.observedAt },
  });
  expect(after.same.partitions).toBe(before.same.partitions);
  expect(after.same.group.owners).toBe(before.same.group.owners);
  expect(after.same.group.notes).toBe(before.same.group.notes);
  expect(after.moved.partitions[0]).not.toBe(before.moved.partitions[0]);
  expect(after.moved.partitions[0]?.checkpoint?.sequenceNumber).toBe(93);
  expect(after.moved.partitions[1]).toBe(before.moved.partitions[1]);
  expect(after.moved.group.owners).toBe(before.moved.group.owners);
});
