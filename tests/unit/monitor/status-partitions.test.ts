import { expect, it } from "vitest";
import type { Status } from "#lib/api/status.ts";
import { statusFigures } from "#lib/monitor/group/status-figures.ts";
import { fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

const known = { allowedLag: 0, positions: new Map(), hubNow: 0, ownedMs: () => null };

function namedOf(...each: Status[]) {
  const observed = each.map((status, index) => ({
    partition: fixtureGroupPartition({ partitionId: String(index), status }),
    lag: {} as never,
    awaitsFirstEvent: false,
    outOverWindow: null,
    paceAcross: null,
  }));
  const { statusPartitions, statusPartitionIds } = statusFigures(observed, known);
  return [statusPartitions, statusPartitionIds];
}

it.each<[string, Status[], [number, string[]]]>([
  ["one", ["ok", "stop", "warn"], [1, ["1"]]],
  ["the first five", ["ok", ...Array<Status>(7).fill("stall")], [7, ["1", "2", "3", "4", "5"]]],
  ["none, if it is all of them", ["stop", "stop"], [2, []]],
  ["none, if all is well", ["ok", "ok", "ok"], [3, []]],
])("names the partitions in the group's status: %s", (_, each, expected) => {
  expect(namedOf(...each)).toEqual(expected);
});
