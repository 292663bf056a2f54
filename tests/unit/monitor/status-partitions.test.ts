import { expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { Status } from "#lib/api/status.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import { statusFigures } from "#lib/monitor/group/status-figures.ts";
import { fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

const known = { allowedLag: 0, positions: new Map(), hubNow: 0, ownedMs: () => null };

function observed(partition: GroupPartition) {
  return {
    partition,
    lag: {} as never,
    awaitsFirstEvent: false,
    outOverWindow: null,
    paceAcross: null,
  };
}

function namedOf(...each: Status[]) {
  const partitions = each.map((status, index) =>
    fixtureGroupPartition({ partitionId: String(index), status }),
  );
  const { statusPartitions, statusPartitionIds } = statusFigures(partitions.map(observed), known);
  return [statusPartitions, statusPartitionIds];
}

it("tells the last checkpoint of any partition in the group's status, so that none is later", () => {
  const stopped = (updatedAt: string, writtenBy: string | null = null) => {
    const partition = fixtureGroupPartition({ status: "stop" });
    const checkpoint = partition.checkpoint && { ...partition.checkpoint, updatedAt, writtenBy };
    return { ...partition, checkpoint };
  };
  const at = (minute: number) => `2026-01-15T12:0${minute}:00.000Z`;
  const lastOf = (...partitions: GroupPartition[]) =>
    statusFigures(partitions.map(observed), known).statusCheckpointAt;
  expect(lastOf(stopped(at(1)), stopped(at(3)), stopped(at(2)))).toBe(at(3));
  expect(lastOf(stopped(at(1)), stopped(at(3), ownIdentifier("one", "0")))).toBe(at(1));
  expect(lastOf(stopped(at(3), ownIdentifier("one", "0")))).toBeNull();
});

it("counts stalled partitions where another one is worse, too", () => {
  const stalled = (...each: Status[]) =>
    statusFigures(
      each.map((status) => observed(fixtureGroupPartition({ status }))),
      known,
    ).stalledPartitions;
  expect(stalled("stop", "stall", "ok", "stall")).toBe(2);
  expect(stalled("stop", "ok")).toBe(0);
});

it.each<[string, Status[], [number, string[]]]>([
  ["one", ["ok", "stop", "warn"], [1, ["1"]]],
  ["the first five", ["ok", ...Array<Status>(7).fill("stall")], [7, ["1", "2", "3", "4", "5"]]],
  ["none, if it is all of them", ["stop", "stop"], [2, []]],
  ["none, if all is well", ["ok", "ok", "ok"], [3, []]],
])("names the partitions in the group's status: %s", (_, each, expected) => {
  expect(namedOf(...each)).toEqual(expected);
});
