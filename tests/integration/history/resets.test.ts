import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import type { History } from "#lib/history/history.ts";
import type { BeginReset } from "#lib/history/resets/begin-reset.ts";
import type { OwnedPlan } from "#lib/history/resets/plan-record.ts";
import type { BeforeImage } from "#lib/history/resets/reset-record.ts";
import { engines, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { plannedWrite, planRecord } from "#tests/support/fixtures/plan-record.ts";

const now = Date.parse("2026-03-01T10:00:00Z");
const written = { etag: "0x2", updatedAt: now, sequenceNumber: -1, offset: "-1" };
const before: BeforeImage = {
  blobName: "localhost/orders/billing/checkpoint/0",
  format: "common",
  etag: "0x1",
  updatedAt: now - 1_000,
  sequenceNumber: 41,
  offset: "4100",
  metadata: { sequencenumber: "41", offset: "4100" },
  headers: {},
  body: null,
};

async function saved(history: History, changes: Parameters<typeof planRecord>[1] = {}): Promise<string> {
  const record = planRecord([plannedWrite("0"), plannedWrite("1")], { now, ...changes });
  await history.resets.savePlan(record, Date.parse(record.plan.expiresAt), now);
  return record.plan.planId;
}

const begin = (planId: string, changes: Partial<BeginReset> = {}): BeginReset => ({
  resetId: randomUUID(),
  planId,
  actor: "admin-1",
  instance: "one",
  now,
  ...changes,
});

async function running(history: History): Promise<string> {
  const begun = await history.resets.begin(begin(await saved(history)));
  if (begun.result !== "begun") throw new Error(begun.result);
  return begun.reset.id;
}

describe.each(engines)("the records of resets in %s", (kind) => {
  const open = async () => openHistory(await newDatabase(kind));

  it("keep a plan from before owners were stored as nobody's", async () => {
    const history = await open();
    const { ownerKey: _, ...old } = planRecord([plannedWrite("0")], { now });
    await history.resets.savePlan(old as OwnedPlan, now + 600_000, now);
    expect(await history.resets.plan(old.plan.planId)).toMatchObject({ ...old, ownerKey: null });
  });

  it("keep a plan until an hour after it expired", async () => {
    const history = await open();
    const record = planRecord([plannedWrite("0")], { now });
    const expiresAt = Date.parse(record.plan.expiresAt);
    await history.resets.savePlan(record, expiresAt, now);
    expect(await history.resets.plan(record.plan.planId)).toEqual({ ...record, expiresAt, resetId: null });
    await saved(history, { now: expiresAt + 3_599_000 });
    expect(await history.resets.plan(record.plan.planId)).not.toBeNull();
    await history.resets.savePlan(planRecord([]), Date.now(), expiresAt + 3_600_001);
    expect(await history.resets.plan(record.plan.planId)).toBeNull();
  });

  it("begin a reset with an entry for each planned write, and say what the plan blocked", async () => {
    const history = await open();
    const planId = await saved(history, { group: "Billing", blocked: ["7"] });
    const begun = await history.resets.begin(begin(planId, { resetId: "r1", actor: "admin-2" }));
    expect(begun).toMatchObject({ result: "begun", reset: { id: "r1", planId, actor: "admin-2" } });
    const reset = await history.resets.reset("r1");
    expect(begun).toEqual({ result: "begun", reset });
    expect(await history.resets.begin(begin(planId, { resetId: "r1" }))).toEqual(begun);
    expect(reset).toMatchObject({ group: "Billing", state: "running", startedAt: now, instance: "one" });
    expect(reset?.entries.map(({ partitionId, result, reason: why }) => [partitionId, result, why])).toEqual([
      ["0", "pending", null],
      ["1", "pending", null],
      ["7", "skipped", reason("layoutNeedsProcessor")],
    ]);
    expect(reset?.entries[1]?.write).toEqual(plannedWrite("1"));
    expect(await history.resets.plan(planId)).toMatchObject({ resetId: "r1" });
  });

  it("apply a plan once, and never an expired one", async () => {
    const history = await open();
    const planId = await saved(history);
    const late = begin(planId, { now: now + 600_000 });
    expect(await history.resets.begin(late)).toMatchObject({ result: "planGone", why: "expired" });
    expect(await history.resets.begin(begin("none"))).toMatchObject({ result: "planGone", why: "unknown" });
    const answers = await Promise.all([
      history.resets.begin(begin(planId, { resetId: "a" })),
      history.resets.begin(begin(planId, { resetId: "b" })),
    ]);
    const [begun] = answers.flatMap((each) => (each.result === "begun" ? [each.reset.id] : []));
    expect(answers.filter(({ result }) => result !== "begun")).toEqual([
      { result: "planGone", why: "applied", resetId: begun },
    ]);
    expect(await history.resets.running()).toHaveLength(1);
  });

  it("let one reset run at a time for a group in a store, and say which", async () => {
    const history = await open();
    const plans = await Promise.all([1, 2, 3, 4].map(() => saved(history)));
    const answers = await Promise.all(plans.map((planId) => history.resets.begin(begin(planId))));
    const begun = answers.filter(({ result }) => result === "begun");
    expect(begun).toHaveLength(1);
    const running = await history.resets.running();
    expect(running).toHaveLength(1);
    expect(answers.filter(({ result }) => result !== "begun")).toEqual(
      Array.from({ length: 3 }, () => ({ result: "running", reset: running[0] })),
    );
    // A refused plan is not used up, whatever the group's casing. Other groups and stores are free.
    const shouted = await saved(history, { group: "BILLING" });
    expect(await history.resets.begin(begin(shouted))).toMatchObject({ result: "running" });
    for (const other of [{ group: "other" }, { store: "other" }, { address: "localhost/other" }]) {
      const planId = await saved(history, other);
      expect(await history.resets.begin(begin(planId))).toMatchObject({ result: "begun" });
    }
    await history.resets.end(running[0]?.id ?? "", "one", {
      state: "done",
      endedAt: now,
      watchedUntil: null,
      reason: null,
    });
    expect(await history.resets.begin(begin(shouted, { resetId: "last" }))).toMatchObject({
      result: "begun",
    });
  });

  it("keep each step", async () => {
    const history = await open();
    const { resets } = history;
    const id = await running(history);
    expect(
      await resets.note(id, "one", [
        { partitionId: "0", result: "writing", before },
        { partitionId: "1", result: "writing", before: null, lastOwnerId: "p1" },
      ]),
    ).toBe(true);
    expect((await resets.reset(id))?.entries).toMatchObject([
      { result: "writing", before, lastOwnerId: null, after: null },
      { result: "writing", before: null, lastOwnerId: "p1", after: null },
    ]);
    await resets.note(id, "one", [
      { partitionId: "0", result: "written", after: written, reason: null, lastOwnerId: "p2" },
      { partitionId: "1", result: "conflict", after: null, reason: reason("checkpointAppeared") },
    ]);
    const live = {
      progress: {
        step: "holding" as const,
        since: "2026-03-01T10:00:00.000Z",
        wave: 1,
        heldOff: "p1",
        holdUntil: null,
        rewrites: 0,
        resumedAt: null,
        resumedBy: null,
        withoutReaderSeconds: null,
      },
      data: { etag: "0x9" },
    };
    await resets.note(id, "one", [{ partitionId: "1", live }]);
    expect((await resets.reset(id))?.entries).toMatchObject([
      { result: "written", before, lastOwnerId: "p2", after: written, reason: null, live: null },
      {
        result: "conflict",
        before: null,
        lastOwnerId: "p1",
        after: null,
        reason: reason("checkpointAppeared"),
        live,
      },
    ]);
    const end = {
      state: "failed" as const,
      endedAt: now + 5,
      watchedUntil: now + 90,
      reason: reason("cutOffAmid"),
    };
    expect(await resets.end(id, "one", end)).toBe(true);
    const ended = await resets.reset(id);
    expect(ended).toMatchObject(end);
    expect(await resets.end(id, "one", end)).toBe(true);
    expect(await resets.reset(id)).toEqual(ended);
    expect(await resets.running()).toEqual([]);
    expect(await resets.watched(now + 89)).toMatchObject([{ id }]);
    expect(await resets.watched(now + 90)).toEqual([]);
  });

  it("refuse every step from a dashboard that does not run the reset", async () => {
    const history = await open();
    const { resets } = history;
    const id = await running(history);
    const [seen] = await resets.running();
    if (seen === undefined) throw new Error("Nothing runs.");
    expect(await resets.heartbeat(id, "one")).toBe(true);
    expect(await resets.takeOver(id, seen, "two")).toBe(false);
    const [again] = await resets.running();
    const takers = await Promise.all(["two", "three"].map((who) => resets.takeOver(id, again ?? seen, who)));
    expect(takers.filter((taken) => taken)).toHaveLength(1);
    const after = await resets.reset(id);
    const end = { state: "done" as const, endedAt: now, watchedUntil: null, reason: null };
    expect(await resets.note(id, "one", [{ partitionId: "0", result: "writing", before }])).toBe(false);
    expect(
      await resets.note(id, "one", [{ partitionId: "0", result: "written", after: written, reason: null }]),
    ).toBe(false);
    expect(await resets.heartbeat(id, "one")).toBe(false);
    expect(await resets.end(id, "one", end)).toBe(false);
    expect(await resets.reset(id)).toEqual(after);
    expect(await resets.end(id, after?.instance ?? "", end)).toBe(true);
    expect(
      await resets.note(id, after?.instance ?? "", [{ partitionId: "0", result: "writing", before }]),
    ).toBe(false);
  });

  it("change a result afterwards only from its former value, once, and only when the reset has ended", async () => {
    const history = await open();
    const { resets } = history;
    const id = await running(history);
    const amendments = ["0", "1"].map((partitionId) => ({
      partitionId,
      from: "written" as const,
      result: "overwritten" as const,
      reason: reason("deletedAfterReset"),
    }));
    await resets.note(id, "one", [{ partitionId: "0", result: "written", after: written, reason: null }]);
    expect(await resets.amend(id, amendments)).toEqual([]);
    await resets.end(id, "one", { state: "done", endedAt: now, watchedUntil: now + 1, reason: null });
    const changed = await Promise.all([resets.amend(id, amendments), resets.amend(id, amendments)]);
    expect(changed.flat()).toEqual(["0"]);
    expect((await resets.reset(id))?.entries).toMatchObject([
      { result: "overwritten", after: written, reason: reason("deletedAfterReset") },
      { result: "pending" },
    ]);
  });

  it("list a group's resets, newest first", async () => {
    const history = await open();
    for (const [resetId, at] of [
      ["a", 1],
      ["c", 3],
      ["b", 2],
    ] as const) {
      await history.resets.begin(begin(await saved(history), { resetId, now: now + at }));
      await history.resets.end(resetId, "one", {
        state: "done",
        endedAt: now,
        watchedUntil: null,
        reason: null,
      });
    }
    const subject = { address: "localhost/orders", store: "main", group: "BILLING" };
    expect((await history.resets.resets(subject, 2)).map(({ id }) => id)).toEqual(["c", "b"]);
    expect(await history.resets.resets({ ...subject, store: "other" }, 2)).toEqual([]);
  });

  it("list a group's ended moves and undos apart from its other resets, newest first", async () => {
    const history = await open();
    const from = { group: "billing", store: "main" };
    const move = { kind: "move" as const, from, overwrite: [] };
    const undo = { kind: "undo" as const, resetId: "move-1" };
    // The name of a group is no kind of target.
    const other = { kind: "group" as const, name: '"kind":"undo"' };
    const fromAfar = { ...move, from: { ...from, store: "old" } };
    const targets = {
      "move-1": move,
      "undo-1": undo,
      "move-2": move,
      "undo-2": undo,
      fromAfar,
      other,
      late: undo,
    };
    for (const [at, [resetId, target]] of Object.entries(targets).entries()) {
      const { result } = await history.resets.begin(
        begin(await saved(history, { target }), { resetId, now: now + at }),
      );
      expect(result).toBe("begun");
      if (resetId === "late") continue;
      const end = { state: "done" as const, endedAt: now + at, watchedUntil: null, reason: null };
      expect(await history.resets.end(resetId, "one", end)).toBe(true);
    }
    const subject = { address: "localhost/orders", store: "main", group: "BILLING" };
    const { resets } = history;
    const idsOf = (heads: { id: string }[]) => heads.map(({ id }) => id);
    expect(idsOf(await resets.moves(subject, 9))).toEqual(["fromAfar", "move-2", "move-1"]);
    expect(idsOf(await resets.movesWithinStores(subject.address, 9))).toEqual(["move-2", "move-1"]);
    expect(idsOf(await resets.movesWithinStores(subject.address, 1))).toEqual(["move-2"]);
    expect(await resets.movesWithinStores("localhost/other", 9)).toEqual([]);
    expect(idsOf(await resets.undos(subject, 9))).toEqual(["undo-2", "undo-1"]);
    expect(idsOf(await resets.undos(subject, 1))).toEqual(["undo-2"]);
    expect((await resets.undos(subject, 1))[0]?.target).toEqual(undo);
    for (const elsewhere of [{ store: "other" }, { group: "other" }, { address: "localhost/other" }])
      expect(await resets.undos({ ...subject, ...elsewhere }, 9)).toEqual([]);
  });
});
