import { expect, it } from "vitest";
import { activityColumns } from "#components/activity/activity-columns.tsx";
import { groupColumns } from "#components/lag/overview/group-columns.tsx";
import { partitionColumns } from "#components/lag/partitions/partition-columns.tsx";
import { loadColumns } from "#components/owners/load-columns.tsx";
import { ownerLoads } from "#components/owners/owner-loads.ts";
import { csvOf } from "#lib/client/format/csv.ts";
import { timesIn, utcTimes } from "#lib/client/history/time-axis.ts";
import { fixtureGroup, fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

function exported(csv: string): Record<string, string> {
  const fields = (line: string) => line.match(/"(?:[^"]|"")*"|(?<=^|,)[^,]*/g) ?? [];
  const [heads = [], values = []] = csv.split("\r\n").map(fields);
  return Object.fromEntries(heads.map((head, index) => [head, values[index] ?? ""]));
}

it("tells for a partition's lag if it is a bound, and for its owner if it still holds", () => {
  const nothing = () => null;
  const options = {
    largestLag: 9,
    withReasons: false,
    selection: null,
    ownerCell: nothing,
    renewedCell: nothing,
  };
  const row = (over: Parameters<typeof fixtureGroupPartition>[0]) =>
    exported(
      csvOf(partitionColumns(options), [fixtureGroupPartition({ partitionId: "3", ...over })], utcTimes),
    );
  const owner = { ownerId: "a", lastRenewedAt: "2026-01-15T12:00:00.000Z", state: "expired" as const };
  expect(row({ lag: 900, lagIsUpperBound: true, owner })).toMatchObject({
    Lag: "900",
    "Lag is an upper bound": "true",
    Owner: "a",
    "Owner state": "expired",
  });
  expect(row({ lag: 900, owner: null })).toMatchObject({
    "Lag is an upper bound": "false",
    "Owner state": "",
  });
  expect(row({ lag: 900, lostEvents: 12 })).toMatchObject({ "Lost events": "12" });
  expect(row({ lagSeconds: 60, lagSecondsIsLowerBound: true })).toMatchObject({
    "Time lag (seconds)": "60",
    "Time lag is a lower bound": "true",
  });
});

it("tells for a group's lag if it is a bound, and how many partitions it leaves out", () => {
  const options = { largestLag: 9, withHub: true, withStore: true, withTrend: true };
  const group = fixtureGroup({ totalLag: 70, totalLagIsUpperBound: true, partitionsUnknown: 2 });
  const row = exported(csvOf(groupColumns(options), [{ hubId: "orders", group, trend: [] }], utcTimes));
  expect(row).toMatchObject({
    Lag: "70",
    "Lag is an upper bound": "true",
    "Partitions with unknown lag": "2",
  });
});

it("tells an owner's partitions, their lag, and what that leaves out", () => {
  const partition = (partitionId: string, lag: number | null, lagIsUpperBound = false) =>
    fixtureGroupPartition({ partitionId, lag, lagIsUpperBound });
  const owner = (ownerId: string, partitions: string[]) => ({
    ownerId,
    partitions,
    lastRenewedAt: "2026-01-15T12:00:00.000Z",
  });
  const loads = ownerLoads({
    owners: [owner("a", ["0", "1", "2"]), owner("b", ["3"]), owner("c", ["4", "5"])],
    partitions: [
      partition("0", 5),
      partition("1", 7),
      partition("2", null),
      partition("3", null),
      partition("4", 0),
      partition("5", 90, true),
    ],
  });
  const row = (ownerId: string) =>
    exported(
      csvOf(
        loadColumns(loads),
        [{ ownerId, partitionsNow: 1, fairShare: null, heldSince: null, heldMs: 0, changes: 0 }],
        utcTimes,
      ),
    );
  const shared = { "Lag is an upper bound": "false", "Partitions with unknown lag": "1" };
  expect(row("a")).toEqual({ "Which partitions": "0-2", Lag: "12", ...shared });
  expect(row("b")).toEqual({ "Which partitions": "3", Lag: "", ...shared });
  expect(row("c")).toMatchObject({
    Lag: "90",
    "Lag is an upper bound": "true",
    "Partitions with unknown lag": "0",
  });
  expect(row("gone")).toMatchObject({ "Which partitions": "", Lag: "", "Partitions with unknown lag": "" });
});

it("tells the actor's identity at the issuer and the reset in each entry of the activity", () => {
  const columns = activityColumns({ ofOneGroup: false, targetName: () => null });
  const entry = { id: 1, at: "2026-01-15T12:00:00.000Z", action: "reset", hub: "orders", group: "billing" };
  const row = (actor: string, details: Record<string, unknown>, times = utcTimes) =>
    exported(csvOf(columns, [{ ...entry, actor, outcome: "done", details }], times));
  const subject = { issuer: "https://login.example", key: "a1" };
  expect(row("Ann", { resetId: "r1", mode: "offline", target: { kind: "earliest" }, subject })).toMatchObject(
    {
      Who: "Ann",
      Issuer: "https://login.example",
      Subject: "a1",
      "Reset ID": "r1",
      Mode: "offline",
    },
  );
  expect(row("tidemark", { appliedBy: "Ann", subject })).toMatchObject({
    Who: "tidemark",
    "Applied by": "Ann",
  });
  expect(row("anonymous", {})).toMatchObject({ Who: "anonymous", "Applied by": "anonymous", Subject: "" });
  expect(row("anonymous", {})).toMatchObject({ "When (UTC)": "2026-01-15T12:00:00.000Z" });
  const { zone } = timesIn("local");
  const local = row("anonymous", {}, timesIn("local"))[`When (${zone})`] ?? "";
  expect(Date.parse(local)).toBe(Date.parse(entry.at));
});
