import { expect, it } from "vitest";
import { groupColumns } from "#components/lag/group-columns.tsx";
import { partitionColumns } from "#components/lag/partition-columns.tsx";
import { csvOf } from "#lib/client/csv.ts";
import { fixtureGroup, fixtureGroupPartition } from "#tests/support/fixture-world.ts";

/** One exported row by its headings. */
function exported(csv: string): Record<string, string> {
  const fields = (line: string) => line.match(/"[^"]*"|(?<=^|,)[^,]*/g) ?? [];
  const [heads = [], values = []] = csv.split("\r\n").map(fields);
  return Object.fromEntries(heads.map((head, index) => [head, values[index] ?? ""]));
}

it("says of a partition's lag that it is a bound, and of its owner whether it still holds", () => {
  const nothing = () => null;
  const options = {
    largestLag: 9,
    withReasons: false,
    selection: null,
    ownerCell: nothing,
    renewedCell: nothing,
  };
  const row = (over: Parameters<typeof fixtureGroupPartition>[0]) =>
    exported(csvOf(partitionColumns(options), [fixtureGroupPartition({ partitionId: "3", ...over })]));
  const owner = { ownerId: "a", lastRenewedAt: "2026-01-15T12:00:00.000Z", state: "expired" as const };
  expect(row({ lag: 900, lagIsUpperBound: true, owner })).toMatchObject({
    Lag: "900",
    lagIsUpperBound: "true",
    Owner: "a",
    ownerState: "expired",
  });
  expect(row({ lag: 900, owner: null })).toMatchObject({ lagIsUpperBound: "false", ownerState: "" });
  expect(row({ lagSeconds: 60, lagSecondsIsLowerBound: true })).toMatchObject({
    "Behind in seconds": "60",
    lagSecondsIsLowerBound: "true",
  });
});

it("says of a group's lag that it is a bound, and how many partitions it leaves out", () => {
  const options = { largestLag: 9, withHub: true, withStore: true, withTrend: true };
  const group = fixtureGroup({ totalLag: 70, totalLagIsUpperBound: true, partitionsUnknown: 2 });
  const row = exported(csvOf(groupColumns(options), [{ hubId: "orders", group, trend: [] }]));
  expect(row).toMatchObject({ Lag: "70", lagIsUpperBound: "true", partitionsUnknown: "2" });
});
