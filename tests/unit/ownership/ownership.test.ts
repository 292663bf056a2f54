import fc from "fast-check";
import { expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import { balance } from "#lib/ownership/balance.ts";
import { activeOwners, coverage, ownershipState, partitionOwner } from "#lib/ownership/ownership.ts";
import { now, ownership } from "./samples.ts";

it("is active until its expiry, as in the SDKs", () => {
  expect(ownershipState(ownership("0", "a", 59.999), now, 60)).toBe("active");
  expect(ownershipState(ownership("0", "a", 60), now, 60)).toBe("expired");
  expect(ownershipState(ownership("0", "a", -1), now, 60)).toBe("active");
});

it("is released with an empty owner id, at any age", () => {
  expect(ownershipState(ownership("0", "", 1), now, 60)).toBe("released");
  expect(ownershipState(ownership("0", "", 9999), now, 60)).toBe("released");
});

it("tells the effect of a blob without an owner id", () => {
  expect(ownershipState(ownership("0", null), now, 60)).toBeNull();
  const { owner, reason: why } = partitionOwner(ownership("0", null), now, 60);
  expect(owner).toBeNull();
  expect(why).toEqual(reason("ownerNameless", { blobName: "ns/hub/group/ownership/0" }));
});

it("goes by a blob's lease, if there is one, and not by age", () => {
  const leased = (ownerId: string | null, isHeld: boolean) => ({
    ...ownership("0", ownerId, 9999),
    leased: isHeld,
  });
  expect(ownershipState(leased("a", true), now, 60)).toBe("active");
  expect(ownershipState({ ...leased("a", false), lastRenewedAt: now }, now, 60)).toBe("expired");
  expect(ownershipState(leased("", false), now, 60)).toBe("released");
  expect(activeOwners([leased("a", true), leased("b", false)], now, 60).map((one) => one.ownerId)).toEqual([
    "a",
  ]);
  expect(partitionOwner(leased(null, true), now, 60)).toEqual({
    owner: null,
    reason: reason("leaseNameless", { blobName: "ns/hub/group/ownership/0" }),
  });
});

it("returns a partition's owner with its state, and nothing without a blob", () => {
  expect(partitionOwner(ownership("0", "a", 70), now, 60)).toEqual({
    owner: { ownerId: "a", lastRenewedAt: now - 70_000, state: "expired" },
    reason: null,
  });
  expect(partitionOwner(undefined, now, 60)).toEqual({ owner: null, reason: null });
});

it("lists the active owners with their partitions in numerical order", () => {
  const stored = [
    ownership("10", "b", 5),
    ownership("9", "b", 3),
    ownership("1", "a", 20),
    ownership("2", "a", 61),
    ownership("3", "c", 100),
    ownership("4", ""),
    ownership("5", null),
  ];
  expect(activeOwners(stored, now, 60)).toEqual([
    { ownerId: "a", partitionIds: ["1"], lastRenewedAt: now - 20_000 },
    { ownerId: "b", partitionIds: ["9", "10"], lastRenewedAt: now - 3_000 },
  ]);
});

it("covers only the hub's partitions", () => {
  const owners = activeOwners([ownership("0", "a"), ownership("1", "b"), ownership("99", "a")], now, 60);
  expect(coverage(owners, ["0", "1", "2"])).toEqual({ owned: 2, of: 3 });
  expect(coverage([], ["0"])).toEqual({ owned: 0, of: 1 });
});

it.each([
  [["a"], { min: 1, max: 1, isBalanced: true }],
  [["a", "a", "b"], { min: 1, max: 2, isBalanced: true }],
  [["a", "a", "a", "b"], { min: 1, max: 3, isBalanced: false }],
  [[], null],
])("balances %j as %j", (ids: string[], expected) => {
  const stored = ids.map((ownerId, index) => ownership(String(index), ownerId));
  expect(balance(activeOwners(stored, now, 60))).toEqual(expected);
});

it("counts each owned partition once, and a longer expiry never owns less", () => {
  const blobs = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "", null), fc.nat(200)), { maxLength: 40 });
  fc.assert(
    fc.property(blobs, fc.nat(200), fc.nat(200), (ages, one, other) => {
      const stored = ages.map(([ownerId, age], index) => ownership(String(index), ownerId, age));
      const ids = stored.map(({ partitionId }) => partitionId);
      const ownedWithin = (seconds: number) => coverage(activeOwners(stored, now, seconds), ids).owned;
      const active = stored.filter((blob) => ownershipState(blob, now, one) === "active").length;
      expect(ownedWithin(one)).toBe(active);
      expect(ownedWithin(Math.max(one, other))).toBeGreaterThanOrEqual(ownedWithin(Math.min(one, other)));
    }),
  );
});
