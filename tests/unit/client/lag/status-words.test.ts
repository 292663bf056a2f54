import { describe, expect, it } from "vitest";
import { type LagState, statuses } from "#lib/api/status.ts";
import { worstOf } from "#lib/client/lag/attention.ts";
import { partitionChip } from "#lib/client/lag/partition-words.ts";
import {
  chipTone,
  foreseenLoss,
  groupChip,
  statusesWorstFirst,
  urgencyOf,
  worstStatus,
} from "#lib/client/lag/status-words.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";
import { fixtureGroup, fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

const unknownBy = (statusCause: LagState, statusCausePartitions: number) => ({
  status: "unknown" as const,
  statusCause,
  statusCausePartitions,
});

const awaiting = (partitions: number) => [
  {
    ...wireText(""),
    code: "awaitingFirstEvent",
    partitionIds: Array.from({ length: partitions }, (_, index) => String(index)),
  },
];

describe("the word on a chip", () => {
  it.each([
    ["Caught up", { totalLag: 112, eventsInPerSecond: 64, eventsOutPerSecond: 64 }],
    ["Caught up", { totalLag: 0, eventsInPerSecond: 64 }],
    ["2 of 4 no checkpoint", unknownBy("noCheckpoint", 2)],
    ["1 of 4 unreadable", unknownBy("unreadable", 1)],
    ["3 of 4 ahead", unknownBy("ahead", 3)],
    ["1 of 4 not read", unknownBy("unknown", 1)],
    ["Not read", unknownBy("unknown", 4)],
    ["Not known yet", { ...unknownBy("noCheckpoint", 2), statusNotKnownYet: 2 }],
    ["2 of 4 no checkpoint", { ...unknownBy("noCheckpoint", 2), statusNotKnownYet: 1 }],
    ["No checkpoint", { ...unknownBy("noCheckpoint", 3), lastCheckpointAt: null }],
    ["Never used", { ...unknownBy("noCheckpoint", 4), neverUsed: true }],
    ["No checkpoint", { notes: awaiting(4) }],
    ["Caught up", { notes: awaiting(3) }],
    ["Stopped", { status: "stop" as const, statusPartitions: 32, partitionCount: 32 }],
    ["2 of 32 stopped", { status: "stop" as const, statusPartitions: 2, partitionCount: 32 }],
    ["2 of 32 stalled", { status: "stall" as const, statusPartitions: 2, partitionCount: 32 }],
    ["2 of 32 rewound", { status: "rewind" as const, statusPartitions: 2, partitionCount: 32 }],
    ["2 of 32 falling behind", { status: "warn" as const, statusPartitions: 2, partitionCount: 32 }],
    ["Stopped", { status: "stop" as const, statusPartitions: 2, partitionCount: null }],
    ["Stopped", { partitionsWithoutCheckpoint: ["3"], status: "stop" as const }],
    ["Idle", { totalLag: 0, eventsInPerSecond: 0 }],
    ["Caught up", { totalLag: 0, eventsInPerSecond: null }],
    ["Not known yet", { totalLag: 9_000, lagSeconds: null, eventsInPerSecond: null }],
    ["Caught up", { totalLag: 9_000, lagSeconds: null, eventsInPerSecond: null, allowedLag: 9_000 }],
    ["Caught up", { totalLag: 9_000, lagSeconds: null, eventsInPerSecond: null, partitionsUnknown: 1 }],
    ["Catching up", { totalLag: 2_304, lagSeconds: 14, eventsInPerSecond: 64, eventsOutPerSecond: 310 }],
    ["Caught up", { totalLag: 60, lagSeconds: 1, eventsInPerSecond: 64, eventsOutPerSecond: 310 }],
    [
      "Caught up",
      {
        totalLag: 9_000,
        lagSeconds: 290,
        lagSecondsAtCheckpoint: 2,
        eventsInPerSecond: 28,
        eventsOutPerSecond: 10,
      },
    ],
    ["Falling behind", { totalLag: 9_000, lagSeconds: 290, eventsInPerSecond: 28, eventsOutPerSecond: 10 }],
    ["Not known yet", { totalLag: 9_000, lagSeconds: 290, lagChangePerSecond: null }],
    ["Falling behind", { status: "warn" as const }],
    ["Stalled", { status: "stall" as const }],
    ["Rewound", { status: "rewind" as const }],
    ["Stopped", { status: "stop" as const }],
    ["No checkpoint", { status: "unknown" as const, statusCause: "noCheckpoint" as const }],
    ["Unreadable", { status: "unknown" as const, statusCause: "unreadable" as const }],
    ["Hub re-created", { status: "unknown" as const, statusCause: "ahead" as const }],
    ["Not known yet", { status: "unknown" as const, statusCause: null }],
    ["Not read", { status: "unknown" as const, statusCause: null, observedAt: null }],
    ["Caught up", { secondsUntilLoss: 3_601 }],
    ["About to lose", { secondsUntilLoss: 3_600 }],
    ["Events lost", { status: "stop" as const, secondsUntilLoss: 0, lostEvents: 5 }],
  ])("is %s for a group with %j", (word, more) => expect(groupChip(fixtureGroup(more)).word).toBe(word));

  it("is never green when more comes in than goes out", () => {
    const growing = { totalLag: 9_000, lagSeconds: 290, eventsInPerSecond: 28, eventsOutPerSecond: 10 };
    expect(groupChip(fixtureGroup(growing))).toEqual({ status: "warn", word: "Falling behind" });
  });

  it("is not green either for a group that never catches up, on its page's icon as well", () => {
    const steady = fixtureGroup({
      totalLag: 9_000,
      lagSeconds: 290,
      eventsInPerSecond: 28,
      eventsOutPerSecond: 28,
    });
    const chip = groupChip(steady);
    expect(chip).toEqual({ status: "ok", word: "Behind, steady" });
    expect(chipTone(chip)).toBe("behind");
    expect(worstOf([fixtureGroup(), steady])).toBe("behind");
    expect(worstOf([steady, fixtureGroup({ status: "unknown" })])).toBe("unknown");
    expect(worstOf([steady, fixtureGroup({ status: "stall" })])).toBe("stall");
    expect(chipTone(groupChip(fixtureGroup()))).toBe("ok");
    const falling = { totalLag: 2_304, lagSeconds: 14, eventsInPerSecond: 64, eventsOutPerSecond: 310 };
    expect(chipTone(groupChip(fixtureGroup(falling)))).toBe("ok");
  });

  it("makes a page's icon from the groups in use", () => {
    const ok = fixtureGroup();
    const unused = fixtureGroup({ status: "unknown", neverUsed: true });
    const growing = fixtureGroup({ lagSeconds: 290, eventsInPerSecond: 28, eventsOutPerSecond: 10 });
    expect(worstOf([ok, unused])).toBe("ok");
    expect(worstOf([ok, { ...unused, neverUsed: false }])).toBe("unknown");
    expect(worstOf([ok, growing])).toBe("warn");
    expect(worstOf([ok, growing, fixtureGroup({ secondsUntilLoss: 0 })])).toBe("stop");
  });

  it("tells an empty partition", () => {
    expect(partitionChip(fixtureGroupPartition({ lagState: "empty", lag: 0 })).word).toBe("Empty");
    expect(
      partitionChip(fixtureGroupPartition({ lagState: "unreadable", status: "unknown", lag: null })).word,
    ).toBe("Unreadable");
  });

  it("compares a partition's input and output over the same time, not the shown rates", () => {
    const word = (eventsInPerSecond: number) =>
      partitionChip(
        fixtureGroupPartition({
          lag: 5_000,
          eventsInPerSecond: 28,
          eventsOutPerSecond: 10,
          pace: { eventsInPerSecond, eventsOutPerSecond: 10 },
        }),
      ).word;
    expect([4, 10, 20].map(word)).toEqual(["Catching up", "Behind, steady", "Falling behind"]);
  });
});

describe("the order of statuses", () => {
  it("puts groups about to lose events first", () => {
    const losing = { status: "ok" as const, secondsUntilLoss: 3_600 };
    const stopped = { status: "stop" as const, secondsUntilLoss: 3_601 };
    expect(urgencyOf(losing)).toBeGreaterThan(urgencyOf(stopped));
    expect(urgencyOf({ ...losing, secondsUntilLoss: null })).toBeLessThan(urgencyOf(stopped));
  });

  it("foresees a loss within a day, but none that has happened", () => {
    const foreseen = (secondsUntilLoss: number | null) => foreseenLoss({ secondsUntilLoss });
    expect([0, null, 86_401].map(foreseen)).toEqual([null, null, null]);
    expect([0.5, 86_400].map(foreseen)).toEqual([0.5, 86_400]);
  });

  it("has every status of the API, worst first", () => {
    expect([...statusesWorstFirst].sort()).toEqual([...statuses].sort());
    expect(statusesWorstFirst[0]).toBe("stop");
  });

  it("gives several the worst status, and unknown only when nothing else is known", () => {
    expect(worstStatus(["ok", "unknown", "warn"])).toBe("warn");
    expect(worstStatus(["stall", "rewind"])).toBe("rewind");
    expect(worstStatus(["ok", "ok"])).toBe("ok");
    expect(worstStatus(["ok", "unknown"])).toBe("unknown");
    expect(worstStatus(["unknown"])).toBe("unknown");
    expect(worstStatus([])).toBe("unknown");
  });
});
