import { expect, it } from "vitest";
import { handoverPieces, handovers } from "#lib/client/owners/handovers.ts";
import type { OwnerChange } from "#lib/client/owners/owner-words.ts";

const at = (second: number) => new Date(Date.parse("2026-03-01T12:00:00Z") + second * 1000).toISOString();
const change = (
  second: number,
  partitionId: string,
  kind: OwnerChange["kind"],
  ownerId: string | null,
  previousOwnerId: string | null = null,
): OwnerChange => ({
  ...{ at: at(second), partitionId, kind, ownerId, previousOwnerId },
  uncertaintySeconds: 0,
  unobserved: false,
});
const told = (changes: readonly OwnerChange[]) =>
  handovers(changes).map((one) =>
    handoverPieces(one)
      .map((piece) => ("text" in piece ? piece.text : piece.ownerId))
      .join(" "),
  );

it("tells a restart in one line, with the longest time without an owner", () => {
  expect(
    told([
      change(0, "0", "released", null, "billing-1"),
      change(0, "1", "released", null, "billing-1"),
      change(0.4, "0", "claimed", "billing-2"),
      change(1, "1", "claimed", "billing-2"),
    ]),
  ).toEqual(["billing-1 handed 2 partitions to billing-2 1 s without an owner"]);
});

it("tells a killed owner's partitions and who took them over", () => {
  expect(
    told([
      change(0, "0", "expired", null, "a"),
      change(0, "1", "expired", null, "a"),
      change(5, "0", "claimed", "b"),
      change(9, "1", "claimed", "c"),
    ]),
  ).toEqual([
    "b took over partition 0 from a which expired, 5 s without an owner",
    "c took over partition 1 from a which expired, 9 s without an owner",
  ]);
});

it("keeps apart late claims, other owners' changes, and a partition's second change", () => {
  expect(told([change(0, "0", "released", null, "a"), change(151, "0", "claimed", "b")])).toEqual([
    "a released partition 0",
    "b claimed partition 0",
  ]);
  expect(told([change(0, "0", "released", null, "a"), change(150, "0", "claimed", "b")])).toHaveLength(1);
  expect(
    told([
      change(0, "0", "stolen", "b", "a"),
      change(1, "0", "stolen", "a", "b"),
      change(2, "0", "stolen", "b", "a"),
    ]),
  ).toEqual(["b stole partition 0 from a", "a stole partition 0 from b", "b stole partition 0 from a"]);
});

it("joins an owner's consecutive claims, and starts over after a pause", () => {
  expect(told([0, 60, 121].map((second, i) => change(second, String(i), "claimed", "a")))).toEqual([
    "a claimed 2 partitions",
    "a claimed partition 2",
  ]);
});

it("loses no change", () => {
  const all = [
    change(0, "0", "claimed", "a"),
    change(5, "0", "expired", null, "a"),
    change(6, "0", "released", null, "b"),
    change(7, "0", "claimed", "a"),
    change(8, "1", "expired", null, null),
  ];
  expect(
    handovers(all)
      .flatMap(({ changes }) => changes)
      .toSorted((a, b) => a.at.localeCompare(b.at)),
  ).toEqual(all);
});
