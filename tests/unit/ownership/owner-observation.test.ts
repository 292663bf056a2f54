import { expect, it } from "vitest";
import {
  hasHadNothing,
  type OwnerObservation,
  observeOwner,
  ownedSince,
  recallOwner,
} from "#lib/ownership/owner-observation.ts";
import type { PartitionOwner } from "#lib/ownership/ownership.ts";

const active = (ownerId: string): PartitionOwner => ({ ownerId, lastRenewedAt: 0, state: "active" });
const expired = (ownerId: string): PartitionOwner => ({ ownerId, lastRenewedAt: 0, state: "expired" });

function seen(
  ...looks: [owner: PartitionOwner | null, lastEnqueued: number | null][]
): OwnerObservation | null {
  return looks.reduce<OwnerObservation | null>(
    (before, [owner, last], index) => observeOwner(before, owner, last, index * 1_000),
    null,
  );
}

it.each<[string, Parameters<typeof seen>, [since: number | null, hadNothing: boolean]]>([
  [
    "an owner that has had nothing",
    [
      [active("a"), 9],
      [active("a"), 9],
    ],
    [0, true],
  ],
  [
    "an owner that had an event",
    [
      [active("a"), 9],
      [active("a"), 10],
    ],
    [0, false],
  ],
  [
    "an owner first seen while the partition was unread",
    [
      [active("a"), null],
      [active("a"), 9],
    ],
    [0, true],
  ],
  [
    "a new owner after one that had nothing",
    [
      [active("a"), 9],
      [active("b"), 9],
    ],
    [1_000, true],
  ],
  [
    "a new owner after one that had an event",
    [
      [active("a"), 9],
      [active("a"), 10],
      [active("b"), 10],
    ],
    [0, false],
  ],
  [
    "a new owner seen with the event that the last one may have had",
    [
      [active("a"), 9],
      [active("b"), 10],
    ],
    [0, false],
  ],
  [
    "owners that crash one after another",
    [
      [active("a"), 9],
      [active("a"), 10],
      [expired("a"), 10],
      [active("b"), 10],
      [null, 10],
      [active("c"), 10],
    ],
    [0, false],
  ],
  [
    "nobody, after an owner that had an event",
    [
      [active("a"), 9],
      [expired("a"), 10],
    ],
    [null, false],
  ],
  [
    "nobody, after an owner that had nothing",
    [
      [active("a"), 9],
      [expired("a"), 9],
    ],
    [null, false],
  ],
  [
    "an owner that comes after an event of a time without one",
    [
      [active("a"), 9],
      [null, 9],
      [null, 10],
      [active("b"), 10],
    ],
    [3_000, true],
  ],
  [
    "a new owner while the partition is unread",
    [
      [active("a"), 9],
      [active("b"), null],
      [active("b"), 10],
    ],
    [0, false],
  ],
  [
    "a new owner of a partition that stayed the same while unread",
    [
      [active("a"), 9],
      [active("b"), null],
      [active("b"), 9],
    ],
    [0, true],
  ],
])("%s", (_, looks, expected) => {
  const sighting = seen(...looks);
  const last = looks.at(-1)?.[1] ?? null;
  expect([ownedSince(sighting), hasHadNothing(sighting, last)]).toEqual(expected);
});

it("goes on after a restart of the dashboard", () => {
  const recalled: OwnerObservation = { ownerId: "a", at: 0, lastEnqueued: 9 };
  const now = (ownerId: string, lastEnqueued: number | null) => ({ ownerId, at: 5_000, lastEnqueued });
  expect(recallOwner(recalled, null)).toEqual(recalled);
  expect(recallOwner(recalled, now("a", 10))).toEqual(recalled);
  expect(recallOwner(recalled, now("b", 9))).toEqual(now("b", 9));
  expect(recallOwner(recalled, now("b", 10))).toEqual({ ...recalled, ownerId: "b" });
  expect(recallOwner({ ...recalled, lastEnqueued: null }, now("b", 10))).toEqual(now("b", 10));
});
