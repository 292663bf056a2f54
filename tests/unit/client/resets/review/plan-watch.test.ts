import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import type { WireReason } from "#lib/api/reason.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { RequestedTarget, ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { changeWords, planChanges } from "#lib/client/resets/review/plan-changes.ts";
import { hasPassedEvent, renewalDue, watchPlan } from "#lib/client/resets/review/plan-watch.ts";
import { stillConfirmed } from "#lib/client/resets/review/still-confirmed.ts";
import { countdown, waitsFor } from "#lib/client/resets/review/wait-words.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";
import { ago, fixtureGroupPartition, fixtureNow } from "#tests/support/worlds/fixture-world.ts";

const group = (...partitions: Partial<GroupPartition>[]) =>
  ({
    partitions: partitions.map((one) => fixtureGroupPartition({ partitionId: "0", ...one })),
  }) as ConsumerGroupDetail;
const owned: WireReason = toWire(
  reason("partitionOwned", { ownerId: "a", renewedSecondsAgo: 10, leasedBlob: null, expiresInSeconds: 50 }),
);
const entry = (more: Partial<ResetPlanEntry> = {}) => fixturePlanEntry({ blockedBy: owned, ...more });
const plan = (more: Partial<ResetPlanEntry> = {}, of: Partial<ResetPlan> = {}) =>
  fixturePlan([entry(more)], of);
const owner = (secondsAgo: number, state: "active" | "released" = "active") =>
  ({ ownerId: "a", lastRenewedAt: ago(secondsAgo), state }) as const;
const checkpoint = (secondsAgo: number, writtenBy: string | null = null) => {
  const standing = fixtureGroupPartition().checkpoint;
  if (standing === null) throw new Error("The fixture has a checkpoint.");
  return { ...standing, updatedAt: ago(secondsAgo), writtenBy };
};
const freeIn = (of: ResetPlan, seen: ConsumerGroupDetail) =>
  ((watchPlan(of, seen)?.allFreeAt ?? Number.NaN) - fixtureNow) / 1_000;

describe("the reason why a plan waits", () => {
  it("is an owner until it has not renewed for an expiry", () => {
    const seen = group({ owner: owner(10), checkpoint: checkpoint(60) });
    expect(watchPlan(plan(), seen)).toMatchObject({ waiting: ["0"], owners: ["a"], hasMoved: false });
    expect(freeIn(plan(), seen)).toBe(50);
    expect(freeIn(plan(), group({ owner: owner(2), checkpoint: checkpoint(60) }))).toBe(58);
  });

  it("is the owner's last checkpoint after its release", () => {
    const seen = group({ owner: owner(1, "released"), checkpoint: checkpoint(20) });
    expect(watchPlan(plan(), seen)?.owners).toEqual([]);
    expect(freeIn(plan(), seen)).toBe(40);
    expect(freeIn(plan(), group({ owner: null, checkpoint: checkpoint(20, "tidemark/r/0") }))).toBe(0);
  });

  it("is of a live reset nobody to stop: it waits for time, or for an owner to come back", () => {
    const live = (params: WireReason) => plan({ blockedBy: params }, { mode: "live" });
    const written = live(
      toWire(reason("checkpointJustWritten", { writtenSecondsAgo: 5, retryAfterSeconds: 25 })),
    );
    const unowned = watchPlan(written, group({ owner: owner(31, "released"), checkpoint: checkpoint(5) }));
    if (unowned === null) throw new Error("The plan is watched.");
    expect(waitsFor(unowned)).toBe("1 partition can’t be written yet.");
    expect(countdown(unowned, fixtureNow)).toBe(
      "Free in 25 s if no checkpoint moves, or once a processor owns it again.",
    );
    const twice = watchPlan(
      live(toWire(reason("ownedTwice", { blobNames: ["a", "b"] }))),
      group({ owner: owner(1) }),
    );
    if (twice === null) throw new Error("The plan is watched.");
    expect(waitsFor(twice)).toBe("1 partition can’t be written yet.");
    expect(countdown(twice, fixtureNow)).toBe("");
  });

  it("is nothing when neither time nor a stop would help, for a move, or while the group is unknown", () => {
    const bare = plan({ blockedBy: wireText("There is no checkpoint."), target: null });
    expect(watchPlan(bare, group({}))?.waiting).toEqual([]);
    expect(watchPlan(plan(), undefined)).toBeNull();
    const target = { kind: "cleanup" } as const;
    expect(watchPlan(plan({}, { target }), group({}))).toBeNull();
  });
});

describe("a plan is renewed", () => {
  const due = (of: ResetPlan, seen: ConsumerGroupDetail, afterSeconds = 0) =>
    renewalDue(of, watchPlan(of, seen), fixtureNow + afterSeconds * 1_000);
  const still = group({ owner: owner(10), checkpoint: checkpoint(60) });

  it("once the block may be gone, and not before", () => {
    expect([due(plan(), still, 49), due(plan(), still, 50)]).toEqual([false, true]);
  });

  it("of a live reset once a processor owns the partition again, however often it renews", () => {
    const blocks = [
      reason("checkpointJustWritten", { writtenSecondsAgo: 5, retryAfterSeconds: 25 }),
      reason("heldByReset", { retryAfterSeconds: 25 }),
    ];
    for (const block of blocks) {
      const seen = (secondsAgo: number) => group({ owner: owner(secondsAgo), checkpoint: checkpoint(60) });
      const of = (mode: "live" | "offline") => plan({ blockedBy: toWire(block) }, { mode });
      expect([due(of("live"), seen(1)), due(of("live"), seen(-2), 2)]).toEqual([false, true]);
      expect(due(of("offline"), seen(-2), 2)).toBe(false);
      const held = { ...owner(-2), ownerId: holdingOwnerId(randomUUID(), "0", "00000000") };
      expect(due(of("live"), group({ owner: held, checkpoint: checkpoint(60) }), 2)).toBe(false);
    }
    const twice = plan(
      { blockedBy: toWire(reason("ownedTwice", { blobNames: ["a", "b"] })) },
      { mode: "live" },
    );
    const left = group({ owner: owner(1, "released"), checkpoint: checkpoint(60) });
    expect([due(twice, still), due(twice, left)]).toEqual([false, true]);
  });

  it("once a checkpoint has moved, unless it is older than the plan", () => {
    const free = { blockedBy: null };
    expect(due(plan(free), group({ checkpoint: checkpoint(59) }))).toBe(true);
    expect(due(plan(free), group({ checkpoint: checkpoint(60) }))).toBe(false);
    expect(due(plan({ ...free, current: null }), group({ checkpoint: checkpoint(1) }))).toBe(false);
    expect(due(plan({ ...free, current: null }), group({ checkpoint: checkpoint(-1) }))).toBe(true);
  });

  it("for a live reset likewise", () => {
    const moved = group({ checkpoint: checkpoint(1) });
    const live = (target: RequestedTarget) => plan({ blockedBy: null }, { mode: "live", target });
    const latest: RequestedTarget = { kind: "latest" };
    const shift: RequestedTarget = { kind: "shift", by: -100 };
    for (const target of [{ kind: "earliest" } as const, latest, shift]) {
      expect(due(live(target), moved)).toBe(true);
      expect(due(live(target), group({ checkpoint: checkpoint(60) }))).toBe(false);
    }
  });

  it("before it expires, while it waits", () => {
    const seen = group({ owner: owner(-590), checkpoint: checkpoint(60) });
    expect([due(plan(), seen, 579), due(plan(), seen, 581)]).toEqual([false, true]);
    expect(due(plan({ blockedBy: null }), seen, 599)).toBe(false);
  });
});

describe("a typed name", () => {
  it("confirms the targets that it was typed for", () => {
    expect(stillConfirmed(plan(), plan({ blockedBy: null, replays: 7 }))).toBe(true);
    const target = { sequenceNumber: 401, offset: "25664", enqueuedAt: null };
    for (const other of [plan({ target }), plan({ target: null }), fixturePlan([])])
      expect(stillConfirmed(plan(), other)).toBe(false);
  });

  it("confirms the start wherever it is by now", () => {
    const start = (sequenceNumber: number) =>
      plan({ target: { sequenceNumber, offset: "-1", enqueuedAt: null } });
    expect(stillConfirmed(start(9), start(12))).toBe(true);
  });

  it("confirms a target that has moved on, and with it a number that grew, but no other cost", () => {
    const to = (sequenceNumber: number, skips: number | null, kind: RequestedTarget = { kind: "latest" }) => {
      const target = { sequenceNumber, offset: String(sequenceNumber * 64), enqueuedAt: null };
      return plan({ target, replays: 0, skips }, { target: kind });
    };
    expect(stillConfirmed(to(500, 3), to(520, 23))).toBe(true);
    expect(stillConfirmed(to(500, 3), to(520, 0))).toBe(true);
    expect(stillConfirmed(to(500, 0), to(520, 20))).toBe(false);
    expect(stillConfirmed(to(500, 3), to(520, null))).toBe(false);
    expect(stillConfirmed(to(500, 3), to(499, 2))).toBe(false);
    const [shift, other]: RequestedTarget[] = [
      { kind: "shift", by: 10 },
      { kind: "group", name: "audit" },
    ];
    expect(stillConfirmed(to(500, 10, shift), to(520, 10, shift))).toBe(true);
    expect(stillConfirmed(to(500, 10, other), to(400, 10, other))).toBe(false);
    expect(stillConfirmed(to(500, 10, shift), to(520, 10, other))).toBe(false);
    expect(stillConfirmed(to(500, 3), { ...to(520, 3), unchangedPartitions: ["1"], unchanged: 1 })).toBe(
      false,
    );
    const stood = fixturePlan([], { target: { kind: "latest" }, unchangedPartitions: ["0"], unchanged: 1 });
    expect(stillConfirmed(to(500, 3), stood)).toBe(true);
  });
});

describe("a renewal's changes", () => {
  it("are told in a sentence", () => {
    const other = { sequenceNumber: 401, offset: "25664", enqueuedAt: null };
    const before = fixturePlan([
      entry(),
      entry({ partitionId: "1", blockedBy: null }),
      entry({ partitionId: "2" }),
    ]);
    const after = fixturePlan([
      entry({ blockedBy: null, replays: 101 }),
      entry({ partitionId: "1" }),
      entry({ partitionId: "2", target: other, skips: 1_200 }),
    ]);
    expect(changeWords(planChanges(before, after))).toBe(
      "Partition 0 is free now; partition 1 is blocked now; new targets on partition 2; 1 more is read again; 1,200 more are skipped.",
    );
    expect(changeWords(planChanges(before, before))).toBeNull();
  });

  it("name a partition that has reached its target", () => {
    expect(planChanges(plan(), fixturePlan([])).retargeted).toEqual(["0"]);
  });
});

describe("a group that passes the event of a planned skip", () => {
  const event = { partitionId: "0", sequenceNumber: 501, enqueuedAt: ago(900), kind: "empty" as const };
  const skipped = { ...event, preview: null, bytes: 0, isCut: false };
  const skip = plan({ blockedBy: null }, { target: { kind: "sequenceNumber", value: 502, skipped } });
  const at = (sequenceNumber: number | null, secondsAgo: number, writtenBy: string | null = null) =>
    hasPassedEvent(skip, group({ checkpoint: { ...checkpoint(secondsAgo, writtenBy), sequenceNumber } }));

  it("has passed it with a newer checkpoint at it or beyond", () => {
    expect(at(501, 10)).toBe(true);
    expect(at(540, 10)).toBe(true);
    expect(at(500, 10)).toBe(false);
    expect(at(null, 10)).toBe(false);
  });

  it("has not by a checkpoint from before the plan's, or by one that a reset wrote", () => {
    expect(at(540, 70)).toBe(false);
    expect(at(540, 10, "tidemark/r/0")).toBe(false);
  });

  it("is not looked for in any other plan, or without a reading", () => {
    const other = plan({ blockedBy: null }, { target: { kind: "sequenceNumber", value: 502 } });
    expect(hasPassedEvent(other, group({ checkpoint: checkpoint(10) }))).toBe(false);
    expect(hasPassedEvent(skip, undefined)).toBe(false);
  });
});
