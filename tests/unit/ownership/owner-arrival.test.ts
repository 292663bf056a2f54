import { expect, it } from "vitest";
import { type OwnerArrival, observeArrival } from "#lib/ownership/owner-arrival.ts";
import type { PartitionOwner } from "#lib/ownership/ownership.ts";

const active = (ownerId: string): PartitionOwner => ({ ownerId, lastRenewedAt: 0, state: "active" });
const expired = (ownerId: string): PartitionOwner => ({ ownerId, lastRenewedAt: 0, state: "expired" });

/** A look each second. `checkpoints`: the newest checkpoint's time at each look; default: none. */
function arrivedAt(looks: (PartitionOwner | null)[], checkpoints: (number | null)[] = []) {
  return looks.reduce<OwnerArrival | null>(
    (before, owner, index) => observeArrival(before, owner, index * 1_000, checkpoints[index] ?? null),
    null,
  )?.at;
}

it.each<[string, (PartitionOwner | null)[], number | null]>([
  ["there at the first look", [active("a"), active("a")], null],
  ["came after nobody", [null, active("a"), active("a")], 1_000],
  ["took over from one that was there at the first look", [active("a"), active("a"), active("b")], 2_000],
  ["expired and came back", [active("a"), expired("a"), active("a")], 2_000],
  ["left", [active("a"), null], null],
])("knows when an owner came that %s", (_, looks, at) => {
  expect(arrivedAt(looks)).toBe(at);
});

it("waits on from owner to owner while none of them checkpoints, and anew after a checkpoint", () => {
  const crashing = [null, active("a"), null, active("b"), active("c"), expired("c"), active("d")];
  expect(arrivedAt(crashing)).toBe(1_000);
  expect(
    arrivedAt(
      crashing,
      crashing.map(() => 1_000),
    ),
  ).toBe(1_000);
  expect(arrivedAt(crashing, [null, null, null, 3_500, 3_500, 3_500, 3_500])).toBe(4_000);
});

it("waits anew for owners that come after a minute without any", () => {
  const stopped = (seconds: number) => [null, active("a"), ...Array(seconds).fill(null), active("b")];
  expect(arrivedAt(stopped(59))).toBe(1_000);
  expect(arrivedAt(stopped(60))).toBe(62_000);
});
