import { describe, expect, it } from "vitest";
import type { GroupMoveRecord } from "#lib/history/group-moves/group-move-record.ts";
import { engines, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { planRecord } from "#tests/support/fixtures/plan-record.ts";

const day = 86_400_000;
const now = Date.parse("2026-03-01T10:00:00Z");
const before = { endedBefore: now - 365 * day, plannedBefore: now - 3_600_000 };

function record(id: string, over: Partial<GroupMoveRecord>): GroupMoveRecord {
  return {
    id,
    from: { hub: "orders", store: "old", allHubs: false },
    to: { store: "new" },
    groups: ["*"],
    whenRunning: "skip",
    ownerKey: "admin-1",
    actor: "admin-1",
    subject: null,
    state: "done",
    createdAt: now - 400 * day,
    expiresAt: now - 400 * day,
    startedAt: now - 400 * day,
    endedAt: now - 366 * day,
    stopAsked: null,
    instance: "one",
    heartbeat: 0,
    undoes: null,
    undoneBy: null,
    entries: ["audit", "billing"].map((group) => ({
      hub: "orders",
      group,
      store: "old",
      to: "new",
      containers: { from: "a", to: "b" },
      result: "moved",
      isRunning: false,
      partitions: { toMove: 1, blocked: 0, unchanged: 0, withoutCheckpoint: 0, written: 1 },
      reason: null,
      warnings: [],
      planId: null,
      resetIds: ["reset"],
      undo: over.undoes ? { resetIds: ["reset"], laterPlanIds: ["later"] } : null,
    })),
    ...over,
  };
}

describe.each(engines)("the records of moves of several groups in %s", (kind) => {
  it("are forgotten once they have ended for long, but not while they or their undos are at work", async () => {
    const { groupMoves } = await openHistory(await newDatabase(kind));
    const kept = [
      record("recent", { endedAt: now - 364 * day }),
      record("planning", { state: "planning", startedAt: null, endedAt: null, expiresAt: null }),
      record("planned", { state: "planned", startedAt: null, endedAt: null, expiresAt: now - 60_000 }),
      record("running", { state: "running", endedAt: null }),
      record("being undone", {}),
      record("undo", { state: "running", endedAt: null, undoes: "being undone" }),
      record("stopped at once", { state: "stopped", startedAt: null, endedAt: now - 60_000 }),
    ];
    const forgotten = [
      record("old", {}),
      record("undone", { state: "stopped" }),
      record("old undo", { undoes: "undone" }),
      record("never applied", { state: "planned", startedAt: null, endedAt: null, expiresAt: now - day }),
      record("stopped amid planning", { state: "stopped", startedAt: null, endedAt: now - day }),
    ];
    for (const one of [...kept, ...forgotten]) await groupMoves.create(one);
    await groupMoves.forget(before);
    const left = await groupMoves.recent(100);
    expect(left.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
    for (const { id } of forgotten) expect(await groupMoves.groupMove(id)).toBeNull();
    expect((await groupMoves.groupMove("recent"))?.entries).toHaveLength(2);
  });

  it("know the last undo that was applied", async () => {
    const { groupMoves } = await openHistory(await newDatabase(kind));
    await groupMoves.create(record("move", {}));
    await groupMoves.create(record("first", { undoes: "move", startedAt: now - 2 }));
    await groupMoves.create(record("second", { undoes: "move", startedAt: now - 1 }));
    await groupMoves.create(record("planned", { undoes: "move", state: "planned", startedAt: null }));
    expect(await groupMoves.groupMove("move")).toMatchObject({ undoes: null, undoneBy: "second" });
    const undo = await groupMoves.groupMove("first");
    expect(undo).toMatchObject({ undoes: "move", undoneBy: null });
    expect(undo?.entries[0]?.undo).toEqual({ resetIds: ["reset"], laterPlanIds: ["later"] });
  });

  it("keep every plan that is still to be applied for as long as the step says, an undo's later ones too", async () => {
    const { groupMoves, resets } = await openHistory(await newDatabase(kind));
    const plans = ["first", "later", "other", "stranger"].map((planId) => {
      const { plan, ...rest } = planRecord([], { group: "audit", createdOn: now, now });
      return { ...rest, ownerKey: "admin-1", plan: { ...plan, planId } };
    });
    for (const plan of plans) await resets.savePlan(plan, now + 7 * day, now);
    const undo = record("undo", { undoes: "move", state: "planning", startedAt: null, endedAt: null });
    const entries = undo.entries.map((entry, n) => ({
      ...entry,
      planId: n === 0 ? "first" : "other",
      undo: { resetIds: ["reset"], laterPlanIds: n === 0 ? ["later"] : [] },
    }));
    await groupMoves.create({ ...undo, entries });
    const kept = async () =>
      Promise.all(plans.map(async ({ plan: { planId } }) => (await resets.plan(planId))?.expiresAt));
    const expiresAt = now + 600_000;
    expect(
      await groupMoves.stepOn("undo", "one", { state: "planned", expiresAt, plansUntil: expiresAt }),
    ).toBe(true);
    expect(await kept()).toEqual([...Array(3).fill(expiresAt), now + 7 * day]);
    const activity = { at: now, actor: "admin-1", action: "undoMoveGroups", hub: "orders", group: null };
    await groupMoves.begin("undo", {
      ownerKey: "admin-1",
      instance: "one",
      now,
      plansUntil: now + 2 * day,
      activity: { ...activity, outcome: "started", details: {} },
    });
    expect(await kept()).toEqual([...Array(3).fill(now + 2 * day), now + 7 * day]);
  });
});
