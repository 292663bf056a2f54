import { describe, expect, it } from "vitest";
import { needsAttention, sentence } from "#lib/client/attention.ts";
import { groupFindings, listIds } from "#lib/client/group-findings.ts";
import { ago, fixtureGroup, fixtureGroupPartition, fixtureNow } from "#tests/support/fixture-world.ts";
import { fixtureGroups } from "#tests/support/fixture-worlds.ts";

const of = (more: Parameters<typeof fixtureGroup>[0]) =>
  needsAttention([{ hubId: "orders", group: fixtureGroup(more) }]).map((item) => sentence(item, fixtureNow));

describe("what needs attention", () => {
  it("is nothing where all is well, idle or never begun", () => {
    expect(of({})).toEqual([]);
    expect(of({ totalLag: 0, eventsInPerSecond: 0 })).toEqual([]);
    expect(
      of({
        status: "unknown",
        statusCause: "noCheckpoint",
        owners: [],
        ownedPartitions: 0,
        retentionUsed: 1,
      }),
    ).toEqual([]);
  });

  it("says since when a group stands and who owns it", () => {
    expect(
      of({
        name: "archive",
        status: "stop",
        totalLag: 1_204_311,
        ownedPartitions: 0,
        owners: [],
        lastCheckpointAt: ago(7_380),
      }),
    ).toEqual([
      "archive has not checkpointed for 2 h 3 m and nobody owns its partitions. It is 1,204,311 events behind.",
    ]);
  });

  it("says how fast a group falls behind", () => {
    expect(of({ status: "warn", eventsInPerSecond: 820, eventsOutPerSecond: 790 })).toEqual([
      "billing falls behind by 1,800 events a minute. It is 112 events behind.",
    ]);
  });

  it("names gaps in coverage, losses and retention of groups that are otherwise well", () => {
    expect(of({ ownedPartitions: 3 })).toEqual(["billing runs, but 1 partition has no owner."]);
    expect(of({ lostEvents: 4_120 })).toEqual(["billing is level now. 4,120 events left the stream unread."]);
    expect(of({ retentionUsed: 0.93 })[0]).toContain("93 % of what the stream keeps is unread");
  });

  it("comes worst first", () => {
    const items = needsAttention(fixtureGroups().map(({ hub, group }) => ({ hubId: hub, group })));
    expect(items.map((item) => item.chip.word)).toEqual([
      "Stopped",
      "Rewound",
      "Stalled",
      "Falling behind",
      "Unreadable",
    ]);
  });
});

describe("what is off in a group's partitions", () => {
  it("is nothing where all are as they should be", () => {
    expect(groupFindings([fixtureGroupPartition(), fixtureGroupPartition({ lagState: "empty" })])).toEqual(
      [],
    );
  });

  it("is said once for many, with the reason that they share", () => {
    const reason = "The checkpoint's sequence number is blank.";
    const broken = ["3", "9"].map((partitionId) =>
      fixtureGroupPartition({ partitionId, lagState: "unreadable", status: "unknown", lag: null, reason }),
    );
    const [finding] = groupFindings([fixtureGroupPartition(), ...broken]);
    expect(finding).toMatchObject({
      title: "2 partitions with an unreadable checkpoint",
      text: reason,
      partitionIds: ["3", "9"],
    });
  });

  it("adds up what was lost, gravest first", () => {
    const lost = ["1", "2"].map((partitionId) =>
      fixtureGroupPartition({ partitionId, lagState: "behindRetention", lostEvents: 60 }),
    );
    const bare = fixtureGroupPartition({ partitionId: "0", lagState: "noCheckpoint", lagIsUpperBound: true });
    expect(groupFindings([bare, ...lost]).map((f) => f.title)).toEqual([
      "2 partitions overtaken by retention, 120 events lost",
      "1 partition without a checkpoint",
    ]);
  });

  it("does not list a thousand ids", () => {
    expect(listIds(["1", "2"])).toBe("1, 2");
    expect(
      listIds(
        Array.from({ length: 1_024 }, (_, i) => String(i)),
        3,
      ),
    ).toBe("0, 1, 2 and 1,021 more");
  });
});
