import { expect, it } from "vitest";
import { handoverPieces } from "#lib/client/owners/handover-words.ts";
import { handovers } from "#lib/client/owners/handovers.ts";
import { type OwnerChange, piecesText } from "#lib/client/owners/owner-words.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";

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
  handovers(changes).map((one) => piecesText(handoverPieces(one), (ownerId) => ownerId));

it("tells a restart in one line, with the longest time without an owner", () => {
  expect(
    told([
      change(0, "0", "released", null, "billing-1"),
      change(0, "1", "released", null, "billing-1"),
      change(0.4, "0", "claimed", "billing-2"),
      change(1, "1", "claimed", "billing-2"),
    ]),
  ).toEqual(["billing-1 handed 2 partitions to billing-2, 1 s without an owner"]);
});

it("tells a killed owner's partitions and who took them over", () => {
  expect(
    told([
      change(0, "0", "expired", null, "a"),
      change(0, "1", "expired", null, "a"),
      change(5, "0", "claimed", "b"),
      change(9, "1", "claimed", "c"),
    ]),
  ).toEqual(["2 processors took over 2 partitions from a, which expired, at most 9 s without an owner"]);
  expect(told([change(0, "0", "expired", null, "a"), change(5, "0", "claimed", "b")])).toEqual([
    "b took over partition 0 from a, which expired, 5 s without an owner",
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

const resetId = "2f6a1c1e-6f6e-4a59-9a55-0123456789ab";
const holding = (partitionId: string, nonce = "0a1b2c3d") => holdingOwnerId(resetId, partitionId, nonce);

it("tells a redeploy of several processors in one line, also where a release was not seen", () => {
  const released = ["0", "1", "2", "3"].map((id, i) => change(i, id, "released", null, `old-${i % 3}`));
  const claimed = ["0", "1", "2", "3"].map((id, i) => change(5 + 2 * i, id, "claimed", `new-${i % 3}`));
  expect(told([...released, change(4, "4", "stolen", "new-1", "old-2"), ...claimed])).toEqual([
    "3 processors handed 5 partitions to 3 others, at most 8 s without an owner",
  ]);
});

it("still tells a theft from an owner that goes on, and who gets partitions while giving others", () => {
  expect(
    told([
      change(0, "0", "released", null, "a"),
      change(1, "1", "stolen", "b", "a"),
      change(2, "0", "claimed", "a", "a"),
    ]),
  ).toEqual(["b stole partition 1 from a", "a released and claimed partition 0 again, 2 s without an owner"]);
  expect(
    told([
      change(0, "0", "released", null, "a"),
      change(0, "1", "released", null, "b"),
      change(1, "0", "claimed", "b", "a"),
      change(1, "1", "claimed", "c", "b"),
    ]),
  ).toEqual(["2 partitions went from owner to owner among 3 processors, at most 1 s without an owner"]);
});

it("tells a live reset in one line, whoever held and got the partitions", () => {
  const ids = ["0", "1", "2"];
  const changes = [
    ...ids.map((id) => change(0, id, "stolen", holding(id), "a")),
    ...ids.map((id) => change(42, id, "released", null, holding(id))),
    change(44, "0", "claimed", "a", holding("0")),
    change(49, "1", "claimed", "b", holding("1")),
  ];
  expect(told(changes)).toEqual(["a reset paused 3 partitions for 42 s, then at most 7 s without an owner"]);
  expect(handovers(changes)[0]?.pause?.resetId).toBe(resetId);
  expect(told(changes.slice(0, 3))).toEqual(["a reset has paused 3 partitions"]);
  expect(told(changes.slice(0, 4))).toEqual(["a reset has paused 3 partitions"]);
});

it("tells a pause that began before the range, differed, or whose end was not seen", () => {
  expect(told([change(9, "0", "released", null, holding("0"))])).toEqual(["a reset paused partition 0"]);
  expect(
    told([
      change(0, "0", "claimed", holding("0")),
      change(0, "1", "claimed", holding("1")),
      change(8, "0", "stolen", "b", holding("0")),
      change(30, "1", "expired", null, holding("1")),
      change(300, "1", "claimed", "b", holding("1")),
    ]),
  ).toEqual(["a reset paused 2 partitions for at most 30 s", "b claimed partition 1"]);
});

it("loses no change", () => {
  const all = [
    change(-3, "2", "stolen", holding("2"), "a"),
    change(-2, "2", "released", null, holding("2")),
    change(-1, "2", "claimed", "a", holding("2")),
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
