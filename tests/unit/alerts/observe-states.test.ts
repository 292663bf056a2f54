import { expect, it } from "vitest";
import { defaultRules } from "#lib/alerts/default-rules.ts";
import { observeHub } from "#lib/alerts/observe-hub.ts";
import type { AlertCondition } from "#lib/api/alerts.ts";
import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { ago } from "#tests/support/worlds/fixture-world.ts";
import { now, rule, snapshot } from "./fixtures.ts";

function holds(when: AlertCondition, group: Partial<ConsumerGroup>, partitions: Partial<GroupPartition>[]) {
  return observeHub([rule(when)], snapshot(group, { partitions }), now)[0]?.holds;
}

it.each<[string, Partial<GroupPartition>[], boolean | null]>([
  ["none of them", [{ lagState: "ok" }, { lagState: "noCheckpoint" }], false],
  ["one, on one partition", [{ lagState: "ok" }, { lagState: "ahead", lag: null }], true],
  ["another", [{ lagState: "unreadable", lag: null }], true],
  [
    "a partition that could not be read, beside one that was",
    [{ lagState: "unknown" }, { lagState: "ok" }],
    false,
  ],
  ["no partition that could be read", [{ lagState: "unknown", lag: null }], null],
])("lag state: %s", (_, partitions, expected) => {
  expect(holds({ lagState: ["unreadable", "ahead"] }, {}, partitions)).toBe(expected);
});

it("counts the partitions in a lag state, and gives the reason of an unknown status", () => {
  const [seen] = observeHub(
    [rule({ lagState: ["unreadable", "ahead"] })],
    snapshot(
      {},
      {
        partitions: [
          { partitionId: "0", lagState: "ahead" },
          { partitionId: "1", lagState: "unreadable" },
          { partitionId: "2" },
        ],
      },
    ),
    now,
  );
  expect(seen?.summary.params).toEqual({
    states: [
      { lagState: "unreadable", partitions: 1, partitionIds: ["1"] },
      { lagState: "ahead", partitions: 1, partitionIds: ["0"] },
    ],
  });
  expect(seen?.heldBy).toEqual(["0", "1"]);
  const [unknown] = observeHub(
    [rule({ status: "unknown" })],
    snapshot({ status: "unknown", statusCause: "unreadable" }),
    now,
  );
  expect(unknown?.summary).toEqual(reason("statusNotKnown", { cause: "unreadable" }));
});

it("tells an unknown status besides the others, never instead of them", () => {
  const told = observeHub(
    [rule({ status: "unknown" }), rule({ status: "stop" }), rule({ status: "warn" })],
    snapshot({ status: "unknown" }),
    now,
  );
  expect(told.map(({ holds: each }) => each)).toEqual([true, null, null]);
});

it("has a default rule for groups with unreadable or advanced checkpoints for five minutes", () => {
  const ofState = (lagState: GroupPartition["lagState"]) =>
    observeHub(defaultRules, snapshot({ status: "unknown" }, { partitions: [{ lagState, lag: null }] }), now)
      .filter(({ holds: each }) => each === true)
      .map(({ rule: { id }, forSeconds }) => [id, forSeconds]);
  expect(ofState("unreadable")).toEqual([["checkpoint-unusable", 300]]);
  expect(ofState("ahead")).toEqual([["checkpoint-unusable", 300]]);
  expect(ofState("noCheckpoint")).toEqual([]);
});

it.each<[string, Partial<ConsumerGroup>, boolean | null]>([
  ["for less", { goneSince: ago(299.9) }, false],
  ["for so long", { goneSince: ago(300) }, true],
  ["not at all", { goneSince: null }, false],
  ["not at all, as far as older figures tell", { goneSince: null, stale: true }, null],
])("gone %s", (_, group, expected) => {
  expect(holds({ goneSeconds: 300 }, group, [])).toBe(expected);
});

it("has a default rule for a group that is gone, and tells nothing else about it", () => {
  const told = observeHub(defaultRules, snapshot({ goneSince: ago(300), status: "unknown" }), now);
  const ofGroup = told.filter(({ subject }) => subject.group !== null);
  expect(ofGroup.map(({ rule: { id }, holds: each }) => [id, each])).toEqual([["group-gone", true]]);
  expect(ofGroup[0]?.summary.code).toBe("groupDeleted");
});

it("names the partitions of the worst status, with their lag", () => {
  const [worst] = observeHub(
    [rule({ status: "warn" })],
    snapshot(
      { status: "stop", statusPartitions: 1 },
      {
        partitions: [
          { partitionId: "0", status: "warn", lag: 100 },
          { partitionId: "1", status: "stop", lag: 219 },
          { partitionId: "2", status: "ok", lag: 0 },
        ],
      },
    ),
    now,
  );
  expect(worst?.summary).toEqual(
    reason("statusIs", { status: "stop", partitions: 1, partitionCount: 3, partitionIds: ["1"], lag: 219 }),
  );
  expect(worst?.heldBy).toEqual(["0", "1"]);
});

it("is as bad as the lag of the partitions that it names", () => {
  const stopped = rule({ status: "warn" });
  const measured = (lag: number, more: number) => {
    const partitions: Partial<GroupPartition>[] = [
      { status: "stop", lag },
      { lag: more, status: "warn" },
    ];
    return observeHub([stopped], snapshot({ status: "stop" }, { partitions }), now)[0]?.measure;
  };
  expect(measured(10, 10_000)).toBeLessThan(measured(500, 0) ?? 0);
});

it("gives no figure and no status where it is not known, or not so", () => {
  const told = (when: AlertCondition, group: Partial<ConsumerGroup>) =>
    observeHub([rule(when)], snapshot(group), now)[0];
  const nothing = reason("nothingKnown");
  expect(told({ lag: 100 }, { measuredLag: null })).toMatchObject({ holds: null, summary: nothing });
  expect(told({ status: "unknown" }, { status: "ok" })).toMatchObject({ holds: false, summary: nothing });
  expect(told({ lag: 100 }, { measuredLag: 3 })).toMatchObject({
    holds: false,
    summary: reason("lagAbove", { lag: 3 }),
  });
});
