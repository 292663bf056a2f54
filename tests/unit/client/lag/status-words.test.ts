import { describe, expect, it } from "vitest";
import { statuses } from "#lib/api/status.ts";
import {
  foreseenLoss,
  groupChip,
  partitionChip,
  statusesWorstFirst,
  urgencyOf,
  worstStatus,
} from "#lib/client/lag/status-words.ts";
import { fixtureGroup, fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

describe("the word on a chip", () => {
  it.each([
    ["Level", { totalLag: 112, eventsInPerSecond: 64, eventsOutPerSecond: 64 }],
    ["Level", { totalLag: 0, eventsInPerSecond: 64 }],
    ["Not known yet", { statusNotKnownYet: 1 }],
    ["Partly unknown", { partitionsUnknown: 1 }],
    ["Partly unknown", { partitionsWithoutCheckpoint: ["3"], totalLagIsUpperBound: true }],
    [
      "Partly unknown",
      {
        partitionsWithoutCheckpoint: ["3"],
        status: "unknown" as const,
        statusCause: "noCheckpoint" as const,
      },
    ],
    ["Stopped", { partitionsWithoutCheckpoint: ["3"], status: "stop" as const }],
    ["Idle, level", { totalLag: 0, eventsInPerSecond: 0 }],
    ["Level", { totalLag: 0, eventsInPerSecond: null }],
    ["Level", { totalLag: 9_000, lagSeconds: null, eventsInPerSecond: null }],
    ["Catching up", { totalLag: 2_304, lagSeconds: 14, eventsInPerSecond: 64, eventsOutPerSecond: 310 }],
    ["Level", { totalLag: 60, lagSeconds: 1, eventsInPerSecond: 64, eventsOutPerSecond: 310 }],
    [
      "Level",
      {
        totalLag: 9_000,
        lagSeconds: 290,
        lagSecondsAtCheckpoint: 2,
        eventsInPerSecond: 28,
        eventsOutPerSecond: 10,
      },
    ],
    ["Behind, growing", { totalLag: 9_000, lagSeconds: 290, eventsInPerSecond: 28, eventsOutPerSecond: 10 }],
    ["Falling behind", { status: "warn" as const }],
    ["Stalled", { status: "stall" as const }],
    ["Rewound", { status: "rewind" as const }],
    ["Stopped", { status: "stop" as const }],
    ["No checkpoint", { status: "unknown" as const, statusCause: "noCheckpoint" as const }],
    ["Unreadable", { status: "unknown" as const, statusCause: "unreadable" as const }],
    ["Hub re-created", { status: "unknown" as const, statusCause: "ahead" as const }],
    ["Not known yet", { status: "unknown" as const, statusCause: null }],
    ["Not read", { status: "unknown" as const, statusCause: null, observedAt: null }],
    ["Level", { secondsUntilLoss: 3_601 }],
    ["About to lose", { secondsUntilLoss: 3_600 }],
    ["Events lost", { status: "stop" as const, secondsUntilLoss: 0, lostEvents: 5 }],
  ])("of a group is %s for %j", (word, more) => expect(groupChip(fixtureGroup(more)).word).toBe(word));

  it("of a partition names an empty one", () => {
    expect(partitionChip(fixtureGroupPartition({ lagState: "empty", lag: 0 })).word).toBe("Empty");
    expect(
      partitionChip(fixtureGroupPartition({ lagState: "unreadable", status: "unknown", lag: null })).word,
    ).toBe("Unreadable");
  });

  it("of a partition goes by what comes in and goes out over the same time, not by the rates that are shown", () => {
    const word = (eventsInPerSecond: number) =>
      partitionChip(
        fixtureGroupPartition({
          lag: 5_000,
          eventsInPerSecond: 28,
          eventsOutPerSecond: 10,
          pace: { eventsInPerSecond, eventsOutPerSecond: 10 },
        }),
      ).word;
    expect([4, 10, 20].map(word)).toEqual(["Catching up", "Behind, steady", "Behind, growing"]);
  });
});

describe("the order of statuses", () => {
  it("sees to those first that are about to lose events", () => {
    const losing = { status: "ok" as const, secondsUntilLoss: 3_600 };
    const stopped = { status: "stop" as const, secondsUntilLoss: 3_601 };
    expect(urgencyOf(losing)).toBeGreaterThan(urgencyOf(stopped));
    expect(urgencyOf({ ...losing, secondsUntilLoss: null })).toBeLessThan(urgencyOf(stopped));
  });

  it("foresees a loss within a day, and none that has come already", () => {
    const foreseen = (secondsUntilLoss: number | null) => foreseenLoss({ secondsUntilLoss });
    expect([0, null, 86_401].map(foreseen)).toEqual([null, null, null]);
    expect([0.5, 86_400].map(foreseen)).toEqual([0.5, 86_400]);
  });

  it("holds every status of the wire, the worst first", () => {
    expect([...statusesWorstFirst].sort()).toEqual([...statuses].sort());
    expect(statusesWorstFirst[0]).toBe("stop");
  });

  it("makes several as bad as the worst; unknown only where nothing else is known", () => {
    expect(worstStatus(["ok", "unknown", "warn"])).toBe("warn");
    expect(worstStatus(["stall", "rewind"])).toBe("rewind");
    expect(worstStatus(["unknown"])).toBe("unknown");
    expect(worstStatus([])).toBe("unknown");
  });
});
