import type { BlockBlobUploadOptions } from "@azure/storage-blob";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import type { History } from "#lib/history/history.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import { makeCleanupPlan } from "#lib/reset/cleanup/make-cleanup-plan.ts";
import { makeCleanupUndoPlan } from "#lib/reset/cleanup/undo-cleanup.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { makeUndoPlan } from "#lib/reset/plan/make-undo-plan.ts";
import { leftBehind } from "#lib/server/resets/left-behind.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { engines, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { applyPlanned, newHead, planMove, wholeBlobs } from "#tests/support/worlds/moving-world.ts";
import { officialProcessor, watchedPlaces } from "#tests/support/worlds/planning-world.ts";

/** Longer than an undo and its redo take on a busy machine: they must meet a young ownership. */
const ownershipExpirationSeconds = 8;
const signal = new AbortController().signal;
const groups = ["stopped", "moved-sqlite", "moved-postgres", "spelled", "late"];
const where = (group: string) => ({ namespace: localNamespace, eventHub: "Orders", group });
const folder = (group: string) => `${localNamespace}/orders/${group}`;

let world: LocalWorld;
let monitor: Monitor;
let places: ResetPlaces;
let history: History;
let turn = 0;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "Orders", partitionCount: 2, consumerGroups: groups }]);
  for (const id of ["0", "1"]) world.enqueue("Orders", id, 10);
  const at = ["0", "1", "31"].map((partitionId) => ({ partitionId, sequenceNumber: 4 }));
  await putWild(world.container, [
    ...at.flatMap((position) => wild.common(where("stopped"), { ...position, offset: "-1" })),
    ...at.flatMap((position) => wild.common(where("late"), position)),
    ...engines.flatMap((kind) =>
      at.slice(0, 2).map((position) => wild.functions(where(`moved-${kind}`), position)),
    ),
  ]);
  ({ places, monitor } = await watchedPlaces([
    world.hubConfig("Orders", { id: "orders", ownershipExpirationSeconds, consumerGroups: groups }),
  ]));
});
beforeEach(async () => {
  // What is recorded is the same in both databases: the tests take turns.
  turn += 1;
  history = await openHistory(await newDatabase(turn % 2 === 0 ? "sqlite" : "postgres"));
});
afterAll(async () => {
  await monitor?.stop();
  await world?.stop();
});

const placeOf = (group: string) => places.findTarget({ hub: "orders", group, store: "main" });

async function put(
  name: string,
  metadata: Record<string, string>,
  body = "",
  contentType?: string,
  more: Pick<BlockBlobUploadOptions, "tags" | "tier"> = {},
) {
  await world.container.getBlockBlobClient(name).upload(body, body.length, {
    metadata,
    ...(contentType && { blobHTTPHeaders: { blobContentType: contentType } }),
    ...more,
  });
}

const contentOf = (group: string) =>
  wholeBlobs(world.container, (name) => name.startsWith(`${folder(group)}/`));

async function planOnceQuiet(place: ResetPlace, blobs: "all" | string[] = "all") {
  const left = await leftBehind(history.resets, place);
  const make = () => makeCleanupPlan(place, { blobs }, left, newHead(), signal);
  await expect
    .poll(async () => (await make()).plan.entries.some(({ blockedBy }) => blockedBy !== null), {
      timeout: 20_000,
      interval: 200,
    })
    .toBe(false);
  return make();
}

async function undone(reset: ResetRecord, target: ResetPlace) {
  const plan = await makeCleanupUndoPlan(target, reset, newHead(), signal);
  return applyPlanned(history, plan, { target });
}

it("lets a stopped group start again, and its undo brings every blob back byte for byte", async () => {
  const target = placeOf("stopped");
  await put(`${folder("stopped")}/checkpoint/31`, { Offset: "576" }, "some content", "text/plain", {
    tags: { keep: "for audit" },
    tier: "Cool",
  });
  await put(`${folder("stopped")}/checkpoint/$$$.$$$`, {});
  await put(`${folder("stopped")}/checkpoint/`, {});
  await put(`${folder("stopped")}/checkpoint/1/.keep`, {});
  await put(`${folder("stopped")}/ownership/a b`, {}, "kept", "text/plain");
  await put(`${folder("stopped")}/ownership/31`, { OwnerId: "" });
  await put(`${folder("stopped")}/ownership/0`, { Note: "broken" });
  const before = await contentOf("stopped");
  const plan = await planOnceQuiet(target);
  const told = plan.plan.entries.map(({ cleans }) => [cleans?.why, cleans?.act, cleans?.sizeBytes]);
  expect(told.toSorted()).toEqual([
    ["brokenOwnership", "repair", 0],
    ["gonePartition", "delete", 0],
    ["gonePartition", "delete", 12],
    ["placeholder", "delete", 0],
    ["placeholder", "delete", 0],
    ["placeholder", "delete", 0],
    ["placeholder", "delete", 4],
  ]);
  const withoutList = {
    ...target,
    knownGroups: () => Promise.reject(new AppError("azureUnauthorized", "The list of groups was refused.")),
  };
  const { plan: same } = await makeCleanupPlan(withoutList, { blobs: "all" }, new Map(), newHead(), signal);
  expect(same.entries).toHaveLength(7);
  expect(same.warnings).toEqual([like("goneGroupsNotKnown")]);
  const { record, results } = await applyPlanned(history, plan, { target });
  expect(Object.values(results)).toEqual(Array(7).fill("written"));
  const after = await contentOf("stopped");
  expect(Object.keys(after)).toEqual([
    `${folder("stopped")}/checkpoint/0`,
    `${folder("stopped")}/checkpoint/1`,
    `${folder("stopped")}/ownership/0`,
  ]);
  expect(after[`${folder("stopped")}/ownership/0`]).toMatchObject({ metadata: { ownerid: "" } });

  const undo = await undone(record, target);
  expect(Object.values(undo.results)).toEqual(Array(7).fill("written"));
  expect(await contentOf("stopped")).toEqual(before);
  const redone = await undone(undo.record, target);
  // The nameless ownerships were written just now, and their writers may be at work.
  expect(Object.values(redone.results).toSorted()).toEqual([
    "conflict",
    "conflict",
    ...Array(5).fill("written"),
  ]);
  const repaired = await applyPlanned(history, await planOnceQuiet(target), { target });
  expect(repaired.results).toEqual({
    [`${folder("stopped")}/ownership/0`]: "written",
    [`${folder("stopped")}/ownership/a b`]: "written",
  });
  expect(await contentOf("stopped")).toEqual(after);

  const processor = officialProcessor(world.eventHubs, world.container, {
    eventHub: "Orders",
    group: "stopped",
  });
  await expect.poll(() => processor.first.size, { timeout: 15_000 }).toBe(2);
  await processor.stop();
  expect([Object.fromEntries(processor.first), processor.errors]).toEqual([{ 0: 0, 1: 0 }, []]);
}, 90_000);

it.each(engines)(
  "deletes what a move left behind, and nothing else of the group, as %s tells it",
  async (kind) => {
    history = await openHistory(await newDatabase(kind));
    const group = `moved-${kind}`;
    const target = placeOf(group);
    const moved = await applyPlanned(history, await planMove(target, target), { target });
    expect(moved.results).toEqual({ 0: "written", 1: "written" });
    const before = await contentOf(group);
    const plan = await planOnceQuiet(target);
    expect(plan.plan.entries.map(({ cleans }) => [cleans?.partitionId, cleans?.why])).toEqual([
      ["0", "leftBehind"],
      ["1", "leftBehind"],
    ]);
    const { record } = await applyPlanned(history, plan, { target });
    const made = [`${folder(group)}/checkpoint/0`, `${folder(group)}/checkpoint/1`];
    expect(Object.keys(await contentOf(group))).toEqual(made);
    await undone(record, target);
    expect(await contentOf(group)).toEqual(before);

    expect((await leftBehind(history.resets, target)).size).toBe(2);
    // What the undo of the clean-up wrote just now might be a processor's.
    const planBack = () => makeUndoPlan(target, moved.record, newHead(), signal);
    await expect
      .poll(async () => (await planBack()).writes.length, { timeout: 20_000, interval: 200 })
      .toBe(2);
    const back = await planBack();
    expect((await applyPlanned(history, back, { target })).results).toEqual({ 0: "written", 1: "written" });
    expect((await leftBehind(history.resets, target)).size).toBe(0);
  },
);

it("deletes the expired ownerships of a spelling that a move left behind, and brings them back byte for byte", async () => {
  const target = placeOf("spelled");
  const old = `${localNamespace}/Orders/Spelled`;
  const spellings = () =>
    wholeBlobs(world.container, (name) => name.toLowerCase().startsWith(`${folder("spelled")}/`));
  const [left, made] = [`${old}/checkpoint/0`, `${folder("spelled")}/checkpoint/0`];
  await put(left, { sequencenumber: "4", offset: "-1" });
  for (const id of ["0", "1"])
    await put(`${old}/ownership/${id}`, { OwnerId: `go-${id}` }, "body", "text/plain");
  const moved = () => planMove(target, target, { format: "common", partitions: ["0"] });
  await expect.poll(async () => (await moved()).writes.length, { timeout: 20_000, interval: 300 }).toBe(1);
  expect((await applyPlanned(history, await moved(), { target })).results).toEqual({ 0: "written" });
  expect((await planOnceQuiet(target)).plan.entries).toEqual([]);
  await world.checkpoint("Orders", "spelled", "0", 6);
  const names = [left, `${old}/ownership/0`, `${old}/ownership/1`];
  const offered = await planOnceQuiet(target);
  expect(
    offered.plan.entries.map(({ partitionId, cleans }) => [partitionId, cleans?.why, cleans?.act]),
  ).toEqual(names.map((name) => [name, "leftBehind", "delete"]));
  const before = await spellings();
  const done = await applyPlanned(history, offered, { target });
  expect(Object.values(done.results)).toEqual(["written", "written", "written"]);
  expect(Object.keys(await spellings())).toEqual([made]);
  const undo = await undone(done.record, target);
  expect(Object.values(undo.results)).toEqual(["written", "written", "written"]);
  expect(await spellings()).toEqual(before);
}, 90_000);

it("leaves alone what was written or claimed after the plan", async () => {
  const target = placeOf("late");
  await put(`${folder("late")}/ownership/31`, { ownerid: "" });
  const plan = await planOnceQuiet(target);
  const { record, results } = await applyPlanned(history, plan, { target }, () =>
    put(`${folder("late")}/ownership/31`, { ownerid: "worker-1" }),
  );
  expect(new Set(Object.values(results))).toEqual(new Set(["conflict"]));
  const reasons = record.entries.map(({ reason }) => reason);
  expect(reasons).toContainEqual(like("blobChanged"));
  expect(reasons).toContainEqual(like("ownedNow", { ownerId: "worker-1" }));
  await expect(
    makeCleanupPlan(target, { blobs: [`${folder("late")}/checkpoint/0`] }, new Map(), newHead(), signal),
  ).rejects.toThrow("can't be cleaned up");
});
