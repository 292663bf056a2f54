import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { positionsSchema } from "#lib/api/plans/positions.ts";
import { resetPlanSchema } from "#lib/api/resets.ts";
import type { Target } from "#lib/api/target.ts";
import type { History } from "#lib/history/history.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord } from "#lib/history/resets/reset-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { createResetPlans } from "#lib/server/resets/reset-plans.ts";
import { newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { carryOut, officialProcessor, watchedPlaces } from "#tests/support/worlds/planning-world.ts";

const noon = Date.UTC(2026, 0, 15, 12);
const admin1 = { name: "admin-1", key: "person 1", role: "operator" as const };
const admin2 = { name: "admin-2", key: "person 2", role: "admin" as const };
const address = { hub: "Orders", group: "billing", store: undefined };
let world: LocalWorld;
let monitor: Monitor;
let places: ResetPlaces;

beforeAll(async () => {
  const consumerGroups = ["billing", "tidemark", "undone"];
  const retention = { seconds: 1e9 };
  world = await startLocalWorld([
    { name: "Orders", partitionCount: 3, consumerGroups, retention },
    { name: "Copy", partitionCount: 3, consumerGroups, retention },
  ]);
  const events = Array.from({ length: 40 }, (_, n) => ({ body: n, enqueuedAt: noon + n * 1_000 }));
  for (const id of ["0", "1"]) world.eventHubs.append("Orders", id, events);
  for (const id of ["0", "1"])
    world.eventHubs.append("Copy", id, [{ body: -1, enqueuedAt: noon - 1_000 }, ...events]);
  const common = { ownershipExpirationSeconds: 1, inspectionConsumerGroup: "tidemark", consumerGroups };
  ({ places, monitor } = await watchedPlaces([
    world.hubConfig("Orders", common),
    world.hubConfig("Copy", common),
  ]));
});
afterAll(async () => {
  await monitor?.stop();
  await world?.stop();
});

const request = (target: Target) => ({
  partitions: "all" as const,
  mode: "offline" as const,
  handlerSeconds: 30,
  target,
});

async function plansOf(history: History, clock?: () => number) {
  const { resets } = history;
  const made: PlanRecord[] = [];
  const records: Pick<ResetRecords, "savePlan" | "plan" | "reset" | "moves" | "undos"> = {
    savePlan: async (record, expiresAt, now) => {
      made.push(record);
      await resets.savePlan(record, expiresAt, now);
    },
    plan: (id) => resets.plan(id),
    reset: (id) => resets.reset(id),
    moves: (subject, limit) => resets.moves(subject, limit),
    undos: (subject, limit) => resets.undos(subject, limit),
  };
  return { made, ...createResetPlans({ places, records, ...(clock && { clock }) }) };
}

const newHistory = async () => openHistory(await newDatabase("sqlite"));

describe("a plan", () => {
  it("is kept ten minutes for whoever asked for it, under an id that can't be guessed", async () => {
    const now = Date.UTC(2026, 2, 1);
    const plans = await plansOf(await newHistory(), () => now);
    const plan = await plans.preview(address, request({ kind: "latest" }), admin1);
    expect(resetPlanSchema.parse(plan)).toEqual(plan);
    expect(plan).toMatchObject({
      planId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      hub: "Orders",
      group: "billing",
      store: "main",
      actor: "admin-1",
      createdAt: "2026-03-01T00:00:00.000Z",
      expiresAt: "2026-03-01T00:10:00.000Z",
    });
    expect(await plans.plan(plan.planId, admin1)).toEqual(plan);
    await expect(plans.plan(plan.planId, admin2)).rejects.toMatchObject({ code: "notFound" });
    const namesake = { ...admin1, key: "person 3" };
    await expect(plans.plan(plan.planId, namesake)).rejects.toMatchObject({ code: "notFound" });
    expect(await plans.plan(plan.planId, { ...admin1, name: "admin-1, renamed" })).toEqual(plan);
    await expect(plans.plan(randomUUID(), admin1)).rejects.toMatchObject({ code: "notFound" });
  });

  it("changes nothing", async () => {
    const names = async () =>
      (await Array.fromAsync(world.container.listBlobsFlat())).map(({ name, properties }) => [
        name,
        properties.etag,
      ]);
    const before = await names();
    const plans = await plansOf(await newHistory());
    const { entries } = await plans.preview(address, request({ kind: "earliest" }), admin1);
    expect(entries.filter(({ target }) => target !== null)).toHaveLength(3);
    expect(await names()).toEqual(before);
  });

  it("is made four at a time for one caller, and six for all", async () => {
    const plans = await plansOf(await newHistory());
    const ask = () => plans.preview(address, request({ kind: "earliest" }), admin1);
    const other = (key: string) => plans.preview(address, request({ kind: "earliest" }), { ...admin1, key });
    const outcomes = await Promise.allSettled([
      ...[ask(), ask(), plans.positions(address, admin1), ask(), ask()],
      ...[other("two"), other("three"), other("four")],
    ]);
    expect(outcomes.flatMap(({ status }, index) => (status === "rejected" ? [index] : []))).toEqual([4, 7]);
    for (const index of [4, 7]) {
      expect(outcomes[index]).toMatchObject({ reason: { code: "tooManyRequests", retryable: true } });
    }
    await expect(ask()).resolves.toMatchObject({ blockedBy: null });
  });

  it("is not made for what does not exist", async () => {
    const plans = await plansOf(await newHistory());
    const nobody = { ...address, group: "nobody" };
    await expect(plans.preview(nobody, request({ kind: "latest" }), admin1)).rejects.toMatchObject({
      code: "notFound",
    });
    await expect(plans.undo("none", admin1)).rejects.toMatchObject({ code: "notFound" });
  });
});

describe("positions", () => {
  it("come back as they went out: by number on this hub, by time alone on another", async () => {
    const plans = await plansOf(await newHistory());
    await carryOut(await previewed(plans, { kind: "sequenceNumber", value: 25 }), world.container);
    const exported = positionsSchema.parse(await plans.positions(address, admin1));
    const at = new Date(noon + 25_000).toISOString();
    expect(exported).toMatchObject({ fullyQualifiedNamespace: "localhost", eventHubName: "Orders" });
    expect(exported.positions).toEqual([
      { partitionId: "0", nextSequenceNumber: 25, enqueuedAt: at },
      { partitionId: "1", nextSequenceNumber: 25, enqueuedAt: at },
      { partitionId: "2", nextSequenceNumber: 0, enqueuedAt: null },
    ]);

    const { fullyQualifiedNamespace, eventHubName, createdOn, positions } = exported;
    const values = Object.fromEntries(
      positions.map(({ partitionId, nextSequenceNumber }) => [partitionId, nextSequenceNumber ?? 0]),
    );
    const byNumber: Target = {
      kind: "positions",
      values,
      exportedFrom: { fullyQualifiedNamespace, eventHubName, createdOn },
    };
    const same = await previewed(plans, byNumber);
    expect(same.plan).toMatchObject({ entries: [], unchanged: 3 });

    const copy = { ...address, hub: "Copy" };
    await expect(plans.preview(copy, request(byNumber), admin1)).rejects.toMatchObject({
      code: "invalidRequest",
    });
    const times = Object.fromEntries(
      positions.flatMap(({ partitionId, enqueuedAt }) =>
        enqueuedAt === null ? [] : [[partitionId, enqueuedAt]],
      ),
    );
    const { entries } = await plans.preview(copy, request({ kind: "times", values: times }), admin1);
    expect(entries.map(({ resumesAt }) => resumesAt)).toEqual([
      { sequenceNumber: 26, enqueuedAt: at },
      { sequenceNumber: 26, enqueuedAt: at },
      null,
    ]);
    expect(entries[2]?.blockedBy?.code).toBe("notInFile");
  });
});

type Plans = Awaited<ReturnType<typeof plansOf>>;

async function previewed(plans: Plans, target: Target, group = "billing"): Promise<PlanRecord> {
  await plans.preview({ ...address, group }, request(target), admin1);
  const record = plans.made.at(-1);
  if (record === undefined) throw new Error("Nothing was saved.");
  return record;
}

async function recorded({ resets }: History, record: PlanRecord, isEnded = true): Promise<string> {
  const resetId = randomUUID();
  const begun = await resets.begin({
    resetId,
    planId: record.plan.planId,
    actor: "admin-1",
    instance: "one",
    now: Date.now(),
  });
  if (begun.result !== "begun") throw new Error(begun.result);
  const changes = record.writes.map(
    (write): Pick<EntryRecord, "partitionId" | "before" | "result" | "after"> => {
      const { partitionId, blobName, format, etag, sequenceNumber, offset } = write;
      const current = record.plan.entries.find((entry) => entry.partitionId === partitionId)?.current ?? null;
      const updatedAt = Date.parse(current?.updatedAt ?? "");
      const before = current && {
        blobName,
        format,
        etag: etag ?? "",
        ...current,
        updatedAt,
        metadata: {},
        headers: {},
        body: null,
      };
      return {
        partitionId,
        result: "written",
        before,
        after: { etag: "", updatedAt: Date.now(), sequenceNumber, offset },
      };
    },
  );
  await resets.note(resetId, "one", changes);
  if (isEnded)
    await resets.end(resetId, "one", {
      state: "done",
      reason: null,
      endedAt: Date.now(),
      watchedUntil: null,
    });
  return resetId;
}

describe("an undo", () => {
  it("takes a group back to where its processors had left it", async () => {
    const group = "undone";
    const history = await newHistory();
    const plans = await plansOf(history);
    const before = officialProcessor(world.eventHubs, world.container, {
      eventHub: "Orders",
      group,
      startsAtEarliest: true,
    });
    await expect.poll(() => [...before.last.values()], { timeout: 10_000 }).toEqual([39, 39]);
    await before.stop();
    const isQuiet = async () => (await previewed(plans, { kind: "earliest" }, group)).writes.length;
    await expect.poll(isQuiet, { timeout: 10_000 }).toBe(3);
    const there = await previewed(plans, { kind: "earliest" }, group);
    await carryOut(there, world.container);
    const resetId = await recorded(history, there);

    const plan = await plans.undo(resetId, admin2);
    expect(plan).toMatchObject({ actor: "admin-2", target: { kind: "undo", resetId }, mode: "offline" });
    expect(
      plan.entries.map(({ target, processedSince, blockedBy }) => [
        target?.sequenceNumber,
        processedSince,
        blockedBy !== null,
      ]),
    ).toEqual([
      [39, 0, false],
      [39, 0, false],
      [undefined, 0, true],
    ]);
    const back = plans.made.at(-1);
    if (back === undefined) throw new Error("Nothing was saved.");
    await carryOut(back, world.container);
    for (const id of ["0", "1"]) world.eventHubs.append("Orders", id, [{ body: "new" }]);
    const after = officialProcessor(world.eventHubs, world.container, { eventHub: "Orders", group });
    await expect
      .poll(() => Object.fromEntries(after.first), { timeout: 10_000 })
      .toEqual({ "0": 40, "1": 40 });
    expect(after.errors).toEqual([]);
  });

  it("waits for the end of the reset, and does not mistake another hub for its own", async () => {
    const history = await newHistory();
    const plans = await plansOf(history);
    const target: Target = { kind: "sequenceNumber", value: 3 };
    const running = await recorded(history, await previewed(plans, target), false);
    await expect(plans.undo(running, admin1)).rejects.toMatchObject({
      code: "conflict",
      message: /still runs/,
    });
    await history.resets.end(running, "one", {
      state: "done",
      reason: null,
      endedAt: 1,
      watchedUntil: null,
    });
    const elsewhere = { ...(await previewed(plans, target)), address: "localhost/orders-of-old" };
    elsewhere.plan.planId = randomUUID();
    await history.resets.savePlan({ ...elsewhere, ownerKey: admin1.key }, Date.now() + 60_000, Date.now());
    const moved = await recorded(history, elsewhere);
    await expect(plans.undo(moved, admin1)).rejects.toMatchObject({
      code: "conflict",
      message: /another one now/,
    });
  });
});
