import { expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { PositionRing } from "#lib/lag/positions.ts";
import { unknownPartitions } from "#lib/monitor/group/unknown-partitions.ts";
import { noon } from "#tests/support/fixtures/sources.ts";
import { fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

type More = Partial<GroupPartition>;

const never: More = { status: "unknown", lagState: "noCheckpoint", checkpoint: null, lag: 40 };
const notYet: More = { status: "unknown", lag: 40 };

const unknown = (
  each: More[],
  positions = new Map<string, PositionRing>(),
  allowedLag = 0,
  ownedMs: number | null = null,
) =>
  unknownPartitions(
    each.map((more, index) =>
      fixtureGroupPartition({ partitionId: String(index), beginningSequenceNumber: 0, ...more }),
    ),
    { allowedLag, positions, hubNow: noon, ownedMs: () => ownedMs },
  );

function begun(seconds: number): PositionRing {
  const ring = new PositionRing();
  ring.add(-1, noon - 3_600_000);
  ring.add(-1, noon - seconds * 1000 - 10);
  ring.add(0, noon - seconds * 1000);
  ring.add(39, noon);
  return ring;
}

it("names partitions with waiting events and no checkpoint, in a group that has others", () => {
  expect(unknown([{}, never, {}, { ...never, lag: 0, status: "ok" }])).toEqual({
    statusNotKnownYet: 0,
    partitionsWithoutCheckpoint: ["1"],
  });
  expect(unknown([{}, never], undefined, 40).partitionsWithoutCheckpoint).toEqual([]);
  // A checkpoint that can't be read exists all the same.
  const broken: More = { status: "unknown", lagState: "unreadable", lag: null };
  expect(unknown([broken, never]).partitionsWithoutCheckpoint).toEqual(["1"]);
});

it("names none of a group without any checkpoint, even with placeholder blobs", () => {
  const created = fixtureGroupPartition().checkpoint;
  expect(
    unknown([never, { ...never, checkpoint: created }, { ...never, lagState: "empty", lag: 0 }]),
  ).toEqual({
    statusNotKnownYet: 0,
    partitionsWithoutCheckpoint: [],
  });
});

it("counts those that only need time", () => {
  expect(unknown([{}, notYet, never]).statusNotKnownYet).toBe(1);
  const just = unknown([{}, never], new Map([["1", begun(299)]]));
  expect(just).toEqual({ statusNotKnownYet: 1, partitionsWithoutCheckpoint: [] });
  const long = unknown([{}, never], new Map([["1", begun(300)]]));
  expect(long).toEqual({ statusNotKnownYet: 0, partitionsWithoutCheckpoint: ["1"] });
  // The owner has just come. The same holds in a group without a checkpoint yet.
  expect(unknown([never], undefined, 0, 299_999).statusNotKnownYet).toBe(1);
  expect(unknown([never], undefined, 0, 300_000).statusNotKnownYet).toBe(0);
  // Nobody saw the event come.
  const ring = new PositionRing();
  ring.add(39, noon);
  expect(unknown([{}, never], new Map([["1", ring]])).partitionsWithoutCheckpoint).toEqual(["1"]);
});
