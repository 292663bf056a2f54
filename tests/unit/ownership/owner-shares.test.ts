import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import { fairShare, ownerShares } from "#lib/ownership/owner-shares.ts";
import { change, hour, seen, span } from "./observed.ts";

describe("a fair share", () => {
  it.each([
    [32, 3, { least: 10, most: 11 }],
    [32, 4, { least: 8, most: 8 }],
    [2, 3, { least: 0, most: 1 }],
    [5, 0, null],
  ])("covers %i partitions among %i", (partitions, owners, share) => {
    expect(fairShare(partitions, owners)).toEqual(share);
  });
});

describe("the owners of a range", () => {
  const active = [
    { ownerId: "a", partitionIds: ["0", "1"] },
    { ownerId: "b", partitionIds: ["2"] },
  ];
  const share = (ownerId: string, over: Parameters<typeof seen>[0]) =>
    ownerShares(seen(over), active, 3).find((one) => one.ownerId === ownerId);

  it("are the current and the past ones, most partitions first", () => {
    const shares = ownerShares(seen({ spans: [span("2", "gone", 0, 60)] }), active, 3);
    expect(shares.map(({ ownerId, partitionsNow }) => [ownerId, partitionsNow])).toEqual([
      ["a", 2],
      ["b", 1],
      ["gone", 0],
    ]);
    expect(shares.map((one) => one.fairShare?.most ?? null)).toEqual([2, 2, null]);
  });

  it("leave out resets that held a partition", () => {
    const held = holdingOwnerId(randomUUID(), "2", "0badcafe");
    const changes = [change("stolen", "2", 10, held, "b"), change("claimed", "2", 40, "b")];
    const shares = ownerShares(seen({ spans: [span("2", held, 10, 40)], changes }), active, 3);
    expect(shares.map(({ ownerId, changes: count }) => [ownerId, count])).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
  });

  it("hold since their oldest open span, and for as long as they held anything in the range", () => {
    const spans = [
      span("0", "a", -600, null),
      span("1", "a", 6_000, null),
      span("2", "a", 0, 30),
      // Parallel spans count once, and what is outside the range does not.
      span("2", "gone", -100, 60),
      span("1", "gone", 30, 90),
      span("1", "gone", 1_000, 1_010),
    ];
    expect(share("a", { spans })).toMatchObject({ heldSince: -600_000, heldMs: 2 * hour * 1000 });
    expect(share("gone", { spans })).toMatchObject({ heldSince: null, heldMs: 100_000 });
    expect(share("b", { spans })).toMatchObject({ heldSince: null, heldMs: 0 });
  });

  it("count changes that gave or took a partition", () => {
    const changes = [
      change("released", "0", 10, null, "b"),
      // Whoever released it before has no part in this.
      change("claimed", "0", 20, "a", "b"),
      change("stolen", "1", 30, "a", "b"),
      change("expired", "2", 40, null, "gone"),
    ];
    expect(share("a", { changes })?.changes).toBe(2);
    expect(share("b", { changes })?.changes).toBe(2);
    expect(share("gone", { changes })?.changes).toBe(1);
  });
});
