import { describe, expect, it } from "vitest";
import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { stopEverybody } from "#lib/api/reasons/whom-blobs-stop.ts";
import { chipExplanation } from "#lib/client/help/chip-explanations.ts";
import { needsAttention, sentence, shownChip, worstOf } from "#lib/client/lag/attention.ts";
import { ago, fixtureGroup, fixtureNow } from "#tests/support/worlds/fixture-world.ts";
import { fixtureGroups } from "#tests/support/worlds/fixture-worlds.ts";

const of = (more: Parameters<typeof fixtureGroup>[0]) =>
  needsAttention([{ hubId: "orders", group: fixtureGroup(more) }]).map((item) => sentence(item, fixtureNow));

describe("the attention list", () => {
  it("is empty when all groups are well, idle or never began", () => {
    expect(of({})).toEqual([]);
    expect(of({ totalLag: 0, eventsInPerSecond: 0 })).toEqual([]);
    expect(
      of({
        status: "unknown",
        statusCause: "noCheckpoint",
        owners: [],
        ownedPartitions: 0,
        retentionUsed: null,
      }),
    ).toEqual([]);
  });

  it("tells since when a group has stopped, and who owns it", () => {
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
      "archive has not checkpointed for 2 h 3 m and nobody owns its partitions. Lag: 1,204,311 events.",
    ]);
  });

  it("tells for how many partitions a sentence holds, if not for all", () => {
    const one = { statusPartitions: 1, lastCheckpointAt: ago(1), statusCheckpointAt: ago(720) };
    expect(of({ ...one, status: "stop" })).toEqual([
      "billing has not checkpointed for 12 m on 1 of 4 partitions and all its partitions have an owner. Lag: 112 events.",
    ]);
    expect(of({ ...one, status: "stall" })[0]).toContain("at one position on 1 of 4 partitions while");
    expect(of({ ...one, status: "stop", statusCheckpointAt: null })[0]).toContain(
      "has stopped on 1 of 4 partitions and",
    );
  });

  it("names partitions that did not resume after a reset, though the status can't be told yet", () => {
    const note = reason("partitionsNotResumed", {
      partitions: 1,
      writtenAt: ago(135),
      nextSequenceNumber: 7,
    });
    const notes = [{ ...toWire(note), partitionIds: ["3"] }];
    expect(of({ status: "unknown", statusPartitions: 1, notes })).toEqual([
      "billing has a lag of 112 events. It has not resumed partition 3 since the reset 2 m 15 s ago.",
    ]);
    const unknown = fixtureGroup({ status: "unknown" });
    expect(needsAttention([{ hubId: "orders", group: unknown }])).toEqual([]);
    expect(shownChip({ ...unknown, notes })).toEqual({ status: "warn", word: "1 of 4 not resumed" });
    expect(chipExplanation(shownChip({ ...unknown, notes })).text).toContain("A reset wrote the checkpoint");
  });

  it("names the partitions, a few of them if there are many", () => {
    const stopped = { status: "stop", statusCheckpointAt: ago(720) } as const;
    const on = (ids: string[], more: Partial<ConsumerGroup> = {}) =>
      of({
        ...stopped,
        statusPartitions: ids.length,
        statusPartitionIds: ids,
        partitionCount: 32,
        ...more,
      })[0];
    expect(on(["2"])).toContain("for 12 m on partition 2 and");
    expect(on(["3", "5", "9"])).toContain("for 12 m on partitions 3, 5 and 9 and");
    expect(on(["0", "1", "2", "3", "4"], { statusPartitions: 12 })).toContain(
      "for 12 m on 12 of 32 partitions (0, 1, 2 …) and",
    );
  });

  it("tells how fast a group falls behind", () => {
    expect(of({ status: "warn", eventsInPerSecond: 820, eventsOutPerSecond: 790 })).toEqual([
      "billing is falling behind by 1,800 events a minute. Lag: 112 events.",
    ]);
  });

  it("says that a constant lag does not shrink, not that it grows", () => {
    expect(of({ status: "warn", statusPartitions: 1 })).toEqual([
      "billing is not catching up on 1 of 4 partitions. Lag: 112 events.",
    ]);
  });

  it("never calls a group caught up when that is unknown", () => {
    expect(of({ status: "unknown", totalLag: 1_800, lostEvents: 156 })).toEqual([
      "billing has a lag of 1,800 events; its status is not known yet. 156 events past its checkpoints are deleted.",
    ]);
    const soon = { statusCause: "noCheckpoint", statusCausePartitions: 1, statusNotKnownYet: 1 } as const;
    expect(of({ ...soon, status: "unknown", retentionUsed: 0.97 })[0]).toContain(
      "its status is not known yet",
    );
  });

  it("says of a group that never checkpointed what is known, not that it will be known soon", () => {
    const unowned = { owners: [], ownedPartitions: 0, lastCheckpointAt: null };
    const never = { ...unowned, status: "unknown", statusCause: "noCheckpoint" } as const;
    const losing = { partitionsLosingUnread: ["0"], totalLag: 600, totalLagIsUpperBound: true };
    expect(of({ ...never, ...losing })).toEqual([
      "billing has never checkpointed. Its lag is ≤ 600 events. Retention deletes unread events of partition 0, where the group has no checkpoint.",
    ]);
  });

  it("names the partitions without a checkpoint", () => {
    const unknown = { status: "unknown", statusCause: "noCheckpoint", statusCausePartitions: 1 } as const;
    const without = { ...unknown, totalLag: 40_000, measuredLag: 4_000, totalLagIsUpperBound: true };
    expect(of({ ...without, partitionsWithoutCheckpoint: ["3"] })).toEqual([
      "billing is only partly known. It has no checkpoint on partition 3, where up to 36,000 events may wait.",
    ]);
    const many = ["4", "5", "6", "7", "8", "9", "10", "11"];
    expect(of({ ...without, partitionsWithoutCheckpoint: many, ownedPartitions: 3 })).toEqual([
      "billing runs, but 1 partition has no owner. It has no checkpoint on partitions 4, 5, 6, 7, 8, 9 and 2 more, where up to 36,000 events may wait.",
    ]);
    expect(
      of({
        ...without,
        partitionsWithoutCheckpoint: ["3"],
      })[0],
    ).not.toContain("never checkpointed");
  });

  it("tells of owners that never checkpoint, once their first checkpoints are due", () => {
    const never = {
      status: "unknown",
      statusCause: "noCheckpoint",
      statusCausePartitions: 4,
      lastCheckpointAt: null,
    } as const;
    expect(of({ ...never, statusNotKnownYet: 4 })).toEqual([]);
    expect(of({ ...never, statusNotKnownYet: 3 })).toEqual([
      "billing has owners but has never checkpointed.",
    ]);
    expect(of({ ...never, owners: [] })).toEqual([]);
  });

  it("tells at once what retention removes without a checkpoint, but not for unused groups", () => {
    const losing: Partial<ConsumerGroup> = {
      status: "unknown",
      partitionsLosingUnread: ["3"],
      owners: [],
      ownedPartitions: 0,
    };
    expect(of({ ...losing, partitionsLosingUnread: ["3"] })[0]).toContain(
      "Retention deletes unread events of partition 3, where the group has no checkpoint.",
    );
    expect(of({ ...losing, partitionsLosingUnread: ["3"], neverUsed: true })).toEqual([]);
  });

  it.each([
    [{ ownedPartitions: 3 }, "1 of 4 unowned"],
    [{ status: "unknown", statusCause: null, ownedPartitions: 3 }, "1 of 4 unowned"],
    [{ lagSecondsAtCheckpoint: null, lagChangePerSecond: null, ownedPartitions: 3 }, "1 of 4 unowned"],
    [{ lostEvents: 4_120 }, "Events lost"],
    [{ retentionUsed: 0.93 }, "Near retention"],
    [{ secondsUntilLoss: 7_200 }, "Near retention"],
    [{ lagSeconds: 290, eventsInPerSecond: 28, eventsOutPerSecond: 10 }, "Falling behind"],
    [{ status: "stop", statusPartitions: 2, partitionCount: 32 }, "2 of 32 stopped"],
  ] as [Partial<ConsumerGroup>, string][])(
    "never shows a group with the mark of one that is well: %j",
    (more, word) => {
      const [item] = needsAttention([{ hubId: "orders", group: fixtureGroup(more) }]);
      expect(item?.chip.word).toBe(word);
      expect(item?.chip.status).not.toBe("ok");
      expect(shownChip(fixtureGroup(more))).toEqual(item?.chip);
      expect(worstOf([fixtureGroup(), fixtureGroup(more)])).toBe(item?.chip.status);
    },
  );

  it("says the same in the mark and the sentence while the status is not known yet", () => {
    const young = { status: "unknown" as const, statusCause: null, ownedPartitions: 2 };
    const [item] = needsAttention([{ hubId: "orders", group: fixtureGroup(young) }]);
    expect(item?.chip).toEqual({ status: "warn", word: "2 of 4 unowned" });
    expect(of(young)).toEqual(["billing runs, but 2 partitions have no owner."]);
    expect(shownChip(fixtureGroup({ ...young, ownedPartitions: 4 })).word).toBe("Not known yet");
    const unread = { ...young, statusCause: "unreadable" as const, statusCausePartitions: 1 };
    expect(shownChip(fixtureGroup(unread)).word).toBe("1 of 4 unreadable");
  });

  it("tells uncovered partitions, losses and used retention of otherwise healthy groups", () => {
    expect(of({ ownedPartitions: 3 })).toEqual(["billing runs, but 1 partition has no owner."]);
    expect(of({ ownedPartitions: 3, unownedPartitionIds: ["7"] })).toEqual([
      "billing runs, but partition 7 has no owner.",
    ]);
    const many = { partitionCount: 32, ownedPartitions: 20, unownedPartitionIds: ["3", "4", "5", "6", "7"] };
    expect(of(many)).toEqual(["billing runs, but 12 partitions (3, 4, 5 …) have no owner."]);
    expect(of({ lostEvents: 4_120 })).toEqual([
      "billing has caught up. 4,120 events past its checkpoints are deleted.",
    ]);
    const resumed = { lostEvents: 4_120, lagSeconds: 290, lagChangePerSecond: null };
    expect(of(resumed)).toEqual([
      "billing is 4 m 50 s behind, and its pace is not known yet. 4,120 events past its checkpoints are deleted.",
    ]);
    expect(of({ retentionUsed: 0.93 })[0]).toContain("93 % of one partition's retained events are unread.");
    expect(of({ retentionUsed: 0.93, partitionCount: 1 })[0]).toContain(
      "93 % of the retained events are unread.",
    );
  });

  it("tells when events will be lost, also for otherwise healthy groups", () => {
    expect(of({ secondsUntilLoss: 720, totalLag: 9_000, lagSeconds: 4_000 })).toEqual([
      "billing is being read, 1 h 6 m behind. Unread events will be lost in 12 m.",
    ]);
    expect(of({ secondsUntilLoss: 86_401 })).toEqual([]);
    expect(of({ secondsUntilLoss: 0, lostEvents: 4, status: "warn" })[0]).toContain(
      "4 events past its checkpoints are deleted.",
    );
  });

  it("begins with the groups that will lose events, soonest first", () => {
    const items = needsAttention(
      (
        [
          ["stopped", { status: "stop", secondsUntilLoss: 7_200 }],
          ["later", { status: "ok", secondsUntilLoss: 3_000, totalLag: 9_000 }],
          ["soon", { status: "warn", secondsUntilLoss: 60 }],
          ["lost", { status: "unknown", secondsUntilLoss: 0, lostEvents: 9 }],
        ] as const
      ).map(([name, more]) => ({ hubId: "orders", group: fixtureGroup({ name, ...more }) })),
    );
    expect(items.map(({ group, chip }) => [group.name, chip.word])).toEqual([
      ["lost", "Events lost"],
      ["soon", "About to lose"],
      ["later", "About to lose"],
      ["stopped", "Stopped"],
    ]);
  });

  it("tells on how many partitions broken blobs stop processors, also for unknown partitions", () => {
    const note = (partitionIds: string[]) => ({
      notes: [{ code: "blockingBlobs" as const, message: "…", params: {}, partitionIds }],
    });
    const stop = `${stopEverybody(2)}.`;
    expect(of(note(["1", "2"]))).toEqual([
      `billing has caught up. Invalid blobs of partitions 1 and 2 ${stop}`,
    ]);
    expect(of(note([]))[0]).toContain(`Invalid blobs that belong to no partition ${stop}`);
    expect(of({ ...note(["1"]), status: "unknown", statusCause: "unreadable" })).toEqual([
      `billing has unreadable checkpoints, so its lag is not known. Invalid blobs of partition 1 ${stop}`,
    ]);
  });

  it("says that a group is gone, and nothing else about it", () => {
    const gone = { status: "unknown" as const, totalLag: null, ownedPartitions: 1, goneSince: ago(7_380) };
    expect(of(gone)).toEqual(["billing is gone: all its blobs were deleted 2 h 3 m ago."]);
    expect(of({ ...gone, goneSince: ago(0) })).toEqual([
      "billing is gone: all its blobs were deleted just now.",
    ]);
    const [item] = needsAttention([{ hubId: "orders", group: fixtureGroup(gone) }]);
    expect(item?.chip).toEqual({ status: "unknown", word: "Gone" });
  });

  it("lists the worst first", () => {
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
