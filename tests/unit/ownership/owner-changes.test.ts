import { describe, expect, it } from "vitest";
import {
  compareOwner,
  type Observation,
  type ObservedOwnership,
  type OwnerMemory,
} from "#lib/ownership/owner-changes.ts";
import { ownerSpans } from "#lib/ownership/owner-spans.ts";

const noon = Date.UTC(2026, 0, 15, 12);
const ago = (seconds: number) => noon - seconds * 1000;
const observation: Observation = {
  listedAt: noon,
  previousAt: ago(10),
  expirationSeconds: 60,
  regularMs: 30_000,
};
const nobody: OwnerMemory = { holder: null, lastHolder: null, since: 0, lastRenewedAt: null };
const heldBy = (holder: string, lastRenewedAt: number | null = ago(12)): OwnerMemory => ({
  holder,
  lastHolder: holder,
  since: ago(600),
  lastRenewedAt,
});
const active = (ownerId: string, renewed = 5): ObservedOwnership => ({
  state: "active",
  ownerId,
  lastRenewedAt: ago(renewed),
});
const expired = (ownerId: string, renewed = 65): ObservedOwnership => ({
  state: "expired",
  ownerId,
  lastRenewedAt: ago(renewed),
});
const released = (renewed = 3): ObservedOwnership => ({
  state: "released",
  ownerId: "",
  lastRenewedAt: ago(renewed),
});
const absent: ObservedOwnership = { state: "absent" };

function told(
  before: OwnerMemory | undefined,
  ownership: ObservedOwnership,
  over: Partial<Observation> = {},
) {
  const { changes } = compareOwner("0", before, ownership, { ...observation, ...over });
  return changes.map(({ kind, ownerId, previousOwnerId, at, uncertaintyMs, isUnobserved }) => ({
    kind,
    ownerId,
    previousOwnerId,
    ago: (noon - at) / 1000,
    off: uncertaintyMs / 1000,
    ...(isUnobserved && { isUnobserved }),
  }));
}

describe("one observation after the other", () => {
  it.each<[string, OwnerMemory | undefined, ObservedOwnership, unknown[]]>([
    ["nobody, still nobody", nobody, absent, []],
    ["the same owner renews", heldBy("a"), active("a"), []],
    [
      "claimed",
      nobody,
      active("a"),
      [{ kind: "claimed", ownerId: "a", previousOwnerId: null, ago: 5, off: 5 }],
    ],
    [
      "claimed after another left",
      { ...nobody, lastHolder: "a" },
      active("b"),
      [{ kind: "claimed", ownerId: "b", previousOwnerId: "a", ago: 5, off: 5 }],
    ],
    [
      "stolen",
      heldBy("a"),
      active("b"),
      [{ kind: "stolen", ownerId: "b", previousOwnerId: "a", ago: 5, off: 5 }],
    ],
    [
      "released",
      heldBy("a"),
      released(),
      [{ kind: "released", ownerId: null, previousOwnerId: "a", ago: 3, off: 0 }],
    ],
    [
      "the blob is gone",
      heldBy("a"),
      absent,
      [{ kind: "released", ownerId: null, previousOwnerId: "a", ago: 0, off: 10 }],
    ],
    [
      "expired",
      heldBy("a"),
      expired("a"),
      [{ kind: "expired", ownerId: null, previousOwnerId: "a", ago: 5, off: 0 }],
    ],
    ["expired before, still there", { ...nobody, lastHolder: "a" }, expired("a"), []],
    [
      "back after its expiry",
      { ...nobody, lastHolder: "a" },
      active("a"),
      [{ kind: "claimed", ownerId: "a", previousOwnerId: "a", ago: 5, off: 5 }],
    ],
    [
      "silent for an expiry, then another's: a death between two observations",
      heldBy("a", ago(66)),
      active("b", 2),
      [
        { kind: "expired", ownerId: null, previousOwnerId: "a", ago: 6, off: 0 },
        { kind: "claimed", ownerId: "b", previousOwnerId: "a", ago: 2, off: 8 },
      ],
    ],
    [
      "came and died between two observations",
      nobody,
      expired("b", 61),
      [
        { kind: "claimed", ownerId: "b", previousOwnerId: null, ago: 61, off: 0 },
        { kind: "expired", ownerId: null, previousOwnerId: "b", ago: 1, off: 0 },
      ],
    ],
    ["a partition that is new to us, without a blob", undefined, absent, []],
    [
      "a partition that was not there before",
      undefined,
      active("a"),
      [{ kind: "claimed", ownerId: "a", previousOwnerId: null, ago: 5, off: 5 }],
    ],
  ])("%s", (_, before, ownership, changes) => {
    expect(told(before, ownership)).toEqual(changes);
  });

  it("never tells a time before the last change's", () => {
    const { changes } = compareOwner("0", { ...heldBy("a"), since: ago(2) }, released(3), observation);
    expect(changes[0]?.at).toBe(ago(2));
  });
});

it("does not take an expired owner for one that came back when the expiry is longer now", () => {
  const before = { ...nobody, lastHolder: "a", since: ago(15) };
  const longer = { previousAt: ago(20), expirationSeconds: 120 };
  expect(told(before, active("a", 75), longer)).toEqual([]);
  const { after } = compareOwner("0", before, active("a", 75), { ...observation, ...longer });
  expect(told(after, expired("a", 125), longer)).toEqual([]);
  expect(told(after, active("a", 5), longer)).toMatchObject([{ kind: "claimed", ownerId: "a", ago: 5 }]);
  // Times have whole seconds: a release and a claim may share one.
  const released = { ...nobody, lastHolder: "a", since: ago(5) };
  expect(told(released, active("a", 5))).toMatchObject([{ kind: "claimed", ownerId: "a", ago: 5 }]);
});

it("takes an owner at the very first look as found, not as a change then", () => {
  const first = { previousAt: null };
  expect(told(undefined, active("a"), first)).toMatchObject([{ kind: "found", ownerId: "a", off: 0 }]);
  expect(told(undefined, expired("a"), first)).toEqual([]);
  expect(told(undefined, released(), first)).toEqual([]);
  const { after } = compareOwner("0", undefined, expired("a"), { ...observation, ...first });
  expect(after).toMatchObject({ holder: null, lastHolder: "a" });
  expect(told(after, expired("a"))).toEqual([]);
});

it("tells what happened while nobody watched, with how far its time may be off", () => {
  const [change] = told({ ...heldBy("a"), lastRenewedAt: null }, active("b"), { previousAt: ago(3_600) });
  expect(change).toMatchObject({ kind: "stolen", ago: 5, off: 3_595, isUnobserved: true });
  expect(told(heldBy("a"), active("b"))[0]).not.toHaveProperty("isUnobserved");
});

it("derives spans from changes", () => {
  const change = (
    at: number,
    kind: "found" | "claimed" | "stolen" | "released" | "expired",
    ownerId: string | null,
  ) => ({
    at,
    partitionId: "0",
    kind,
    ownerId,
  });
  expect(
    ownerSpans([
      change(1, "found", "a"),
      change(2, "stolen", "b"),
      { ...change(3, "claimed", "x"), partitionId: "1" },
      change(4, "released", null),
      change(6, "claimed", "c"),
      change(8, "expired", null),
      change(9, "claimed", "d"),
    ]),
  ).toEqual([
    { partitionId: "0", ownerId: "a", from: 1, to: 2, endedBy: "stolen" },
    { partitionId: "0", ownerId: "b", from: 2, to: 4, endedBy: "released" },
    { partitionId: "1", ownerId: "x", from: 3, to: null, endedBy: null },
    { partitionId: "0", ownerId: "c", from: 6, to: 8, endedBy: "expired" },
    { partitionId: "0", ownerId: "d", from: 9, to: null, endedBy: null },
  ]);
});
