import { describe, expect, it } from "vitest";
import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import type { ResetPlan } from "#lib/api/resets.ts";
import { brokenPartitions, otherMode } from "#lib/client/resets/plan-ways.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";
import { fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

const group = (partitions: GroupPartition[], formats: ConsumerGroupDetail["formats"] = ["common"]) =>
  ({ partitions, formats }) as ConsumerGroupDetail;
const owned = fixtureGroupPartition({ partitionId: "0" });
const free = fixtureGroupPartition({ partitionId: "0", owner: null });
const plan = (more: Partial<ResetPlan>) =>
  fixturePlan([fixturePlanEntry({ target: null, blockedBy: wireText("No.") })], {
    blockedBy: wireText("No."),
    ...more,
  });

describe("the other mode for blocked partitions", () => {
  it("is live with owners, and offline without", () => {
    expect(otherMode(plan({}), group([owned]))).toBe("live");
    expect(otherMode(plan({}), group([free]))).toBeNull();
    expect(otherMode(plan({ mode: "live" }), group([free]))).toBe("offline");
    expect(otherMode(plan({ mode: "live" }), group([owned]))).toBeNull();
  });

  it("is none for JSON checkpoints, for an undo, or while the group is unknown", () => {
    expect(otherMode(plan({}), group([owned], ["functions"]))).toBeNull();
    expect(otherMode(plan({ target: { kind: "undo", resetId: "r" } }), group([owned]))).toBeNull();
    expect(otherMode(plan({}), undefined)).toBeNull();
  });
});

describe("a broken partition", () => {
  it("has its checkpoint outside the stream", () => {
    const states = ["ok", "ahead", "behindRetention", "noCheckpoint"] as const;
    const partitions = states.map((lagState) => fixtureGroupPartition({ partitionId: lagState, lagState }));
    expect([...brokenPartitions(group(partitions))]).toEqual(["ahead", "behindRetention"]);
    expect(brokenPartitions(undefined).size).toBe(0);
  });
});
