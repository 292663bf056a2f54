import { describe, expect, it } from "vitest";
import { statuses } from "#lib/api/status.ts";
import { groupChip, partitionChip, statusesWorstFirst, worstStatus } from "#lib/client/status-words.ts";
import { fixtureGroup, fixtureGroupPartition } from "#tests/support/fixture-world.ts";

describe("the word on a chip", () => {
  it.each([
    ["Level", { totalLag: 112, eventsInPerSecond: 64, eventsOutPerSecond: 64 }],
    ["Level", { totalLag: 0, eventsInPerSecond: 64 }],
    ["Idle, level", { totalLag: 0, eventsInPerSecond: 0 }],
    ["Catching up", { totalLag: 2_304, lagSeconds: 14, eventsInPerSecond: 64, eventsOutPerSecond: 310 }],
    ["Level", { totalLag: 60, lagSeconds: 1, eventsInPerSecond: 64, eventsOutPerSecond: 310 }],
    ["Falling behind", { status: "warn" as const }],
    ["Stalled", { status: "stall" as const }],
    ["Rewound", { status: "rewind" as const }],
    ["Stopped", { status: "stop" as const }],
    ["No checkpoint", { status: "unknown" as const, statusCause: "noCheckpoint" as const }],
    ["Unreadable", { status: "unknown" as const, statusCause: "unreadable" as const }],
    ["Hub re-created", { status: "unknown" as const, statusCause: "ahead" as const }],
    ["Not read", { status: "unknown" as const, statusCause: null }],
  ])("of a group is %s for %j", (word, more) => expect(groupChip(fixtureGroup(more)).word).toBe(word));

  it("of a partition names an empty one", () => {
    expect(partitionChip(fixtureGroupPartition({ lagState: "empty", lag: 0 })).word).toBe("Empty");
    expect(
      partitionChip(fixtureGroupPartition({ lagState: "unreadable", status: "unknown", lag: null })).word,
    ).toBe("Unreadable");
  });
});

describe("the order of statuses", () => {
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
