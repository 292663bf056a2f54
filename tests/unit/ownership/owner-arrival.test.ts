import { expect, it } from "vitest";
import { type OwnerArrival, observeArrival } from "#lib/ownership/owner-arrival.ts";
import type { PartitionOwner } from "#lib/ownership/ownership.ts";

const active = (ownerId: string): PartitionOwner => ({ ownerId, lastRenewedAt: 0, state: "active" });
const expired = (ownerId: string): PartitionOwner => ({ ownerId, lastRenewedAt: 0, state: "expired" });

function arrivedAt(...looks: (PartitionOwner | null)[]): number | null | undefined {
  return looks.reduce<OwnerArrival | null>(
    (before, owner, index) => observeArrival(before, owner, index * 1_000),
    null,
  )?.at;
}

it.each<[string, (PartitionOwner | null)[], number | null]>([
  ["there at the first look", [active("a"), active("a")], null],
  ["came after nobody", [null, active("a"), active("a")], 1_000],
  ["took over", [active("a"), active("a"), active("b"), active("b")], 2_000],
  ["expired and came back", [active("a"), expired("a"), active("a")], 2_000],
  ["left", [active("a"), null], null],
])("knows when an owner came that %s", (_, looks, at) => {
  expect(arrivedAt(...looks)).toBe(at);
});
