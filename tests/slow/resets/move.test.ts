import { ContainerClient, ContainerSASPermissions } from "@azure/storage-blob";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { lackingRights } from "#lib/checkpoint-store/whole/write-rights.ts";
import type { History } from "#lib/history/history.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { makeUndoPlan } from "#lib/reset/plan/make-undo-plan.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { type WildBlob, type WildPosition, wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import {
  anotherContainer,
  applyPlanned,
  newHead,
  planMove,
  wholeBlobs,
} from "#tests/support/worlds/moving-world.ts";
import { officialProcessor, watchedPlaces } from "#tests/support/worlds/planning-world.ts";

const signal = new AbortController().signal;
const ids = ["0", "1"];
const at = (group: string) => ({ namespace: localNamespace, eventHub: "Orders", group });

const layouts: [string, string, (position: WildPosition) => WildBlob | WildBlob[]][] = [
  ["functions", "main", (position) => wild.functions(at("functions"), position)],
  ["dapr", "main", (position) => wild.dapr(at("dapr"), position)],
  ["rust", "main", (position) => wild.common(at("Rust"), position, false)],
  ["eph", "hosts", (position) => wild.pythonHost("hosts/eph", position)],
  ["java", "hosts", (position) => wild.javaHost("hosts/java", position)],
  ["go", "go", (position) => wild.go3("go/", position)],
];
const common = ["archive", "busy", "claimed", "kept"];

let world: LocalWorld;
let fresh: ContainerClient;
let positions: WildPosition[];
let monitor: Monitor;
let places: ResetPlaces;
let history: History;
let turn = 0;

beforeAll(async () => {
  const consumerGroups = [...layouts.map(([group]) => group), ...common, "successor"];
  world = await startLocalWorld([
    { name: "Orders", partitionCount: 2, consumerGroups },
    { name: "Heirs", partitionCount: 2, consumerGroups: ["heir"] },
  ]);
  fresh = await anotherContainer(world);
  positions = ids.map((id) => {
    const sequenceNumber = 40 + Number(id);
    world.enqueue("Orders", id, sequenceNumber + 1);
    const { lastEnqueuedOffset: offset } = world.eventHubs.partition("Orders", id);
    world.enqueue("Orders", id, 60);
    return { partitionId: id, sequenceNumber, offset };
  });
  const blobs = [
    ...layouts.flatMap(([, , layout]) => positions.flatMap(layout)),
    ...common.flatMap((group) => positions.flatMap((position) => wild.common(at(group), position))),
  ];
  await putWild(world.container, blobs);
  const { connectionString } = world.azurite;
  const main = { id: "main", connectionString, container: world.container.containerName };
  ({ places, monitor } = await watchedPlaces([
    world.hubConfig("Orders", {
      id: "orders",
      ownershipExpirationSeconds: 3,
      consumerGroups,
      checkpointStores: [
        main,
        { ...main, id: "hosts", prefix: "hosts/", formats: ["eph"] },
        { ...main, id: "go", prefix: "go/", consumerGroup: "go", formats: ["go3"] },
        { ...main, id: "fresh", container: fresh.containerName },
      ],
    }),
    world.hubConfig("Heirs", { id: "heirs", ownershipExpirationSeconds: 3, checkpointStores: [main] }),
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

const placeOf = (group: string, store: string) => places.findTarget({ hub: "orders", group, store });
const blobOf = (group: string, id: string) => `${localNamespace}/orders/${group}/checkpoint/${id}`;

const contentOf = (container: ContainerClient, group: string) =>
  wholeBlobs(container, (name) => name.toLowerCase().includes(group));

async function firstEvents(
  container: ContainerClient,
  group: string,
  eventHub = "Orders",
): Promise<Record<string, number>> {
  const processor = officialProcessor(world.eventHubs, container, { eventHub, group });
  await expect.poll(() => processor.first.size, { timeout: 15_000 }).toBe(ids.length);
  await processor.stop();
  expect(processor.errors).toEqual([]);
  return Object.fromEntries(processor.first);
}

async function undone(reset: ResetRecord, target: ResetPlace) {
  const plan = await makeUndoPlan(target, reset, newHead(), signal);
  return { plan: plan.plan, ...(await applyPlanned(history, plan, { target })) };
}

it.each(layouts)(
  "moves %s to the common layout, and the official client goes on with the very next event",
  async (group, store) => {
    const isWithin = store === "main";
    const container = isWithin ? world.container : fresh;
    const [source, target] = [placeOf(group, store), placeOf(group, isWithin ? "main" : "fresh")];
    const before = await contentOf(container, group);
    const sourceBefore = await contentOf(world.container, group);
    // Typed names stay as they are, unless the layout is asked for by its name.
    const plan = await planMove(source, target, group === "rust" ? { format: "common" } : {});
    const { record, results } = await applyPlanned(history, plan, {
      target,
      source: isWithin ? null : source,
    });
    expect(results).toEqual({ 0: "written", 1: "written" });
    expect(record.entries[0]?.after).toMatchObject({ sequenceNumber: 40, offset: positions[0]?.offset });

    const undo = await undone(record, target);
    expect(undo.plan.entries).toMatchObject([{ removes: true }, { removes: true }]);
    expect(undo.results).toEqual({ 0: "written", 1: "written" });
    expect(await contentOf(container, group)).toEqual(before);
    const redone = await undone(undo.record, target);
    expect(redone.results).toEqual({ 0: "written", 1: "written" });

    expect(await firstEvents(container, group)).toEqual({ 0: 41, 1: 42 });
    expect(await contentOf(world.container, group)).toMatchObject(sourceBefore);
  },
);

it("moves to another group and store, replaces only chosen checkpoints, and brings exactly those back", async () => {
  const [source, target] = [placeOf("archive", "main"), placeOf("successor", "fresh")];
  const metadata = { SequenceNumber: "7", offset: "448", ClientIdentifier: "net-1" };
  for (const id of ids) await fresh.getBlockBlobClient(blobOf("successor", id)).upload("", 0, { metadata });
  const before = await contentOf(fresh, "successor");
  const first = await planMove(source, target, { overwrite: ["1"] });
  expect(first.plan.entries[0]?.blockedBy).toEqual(like("targetOccupied", { sequenceNumber: 7 }));
  const { record, results } = await applyPlanned(history, first, { source, target });
  expect(results).toEqual({ 0: "skipped", 1: "written" });
  const undo = await undone(record, target);
  expect(undo.results).toEqual({ 1: "written" });
  expect(await contentOf(fresh, "successor")).toEqual(before);
});

it("leaves alone what was claimed, written or created on either side after the plan", async () => {
  const places2 = { source: placeOf("busy", "main"), target: placeOf("busy", "fresh") };
  const moved = await planMove(places2.source, places2.target);
  const busy = await applyPlanned(history, moved, places2, async () => {
    await world.checkpoint("Orders", "busy", "0", 45);
    await fresh.getBlockBlobClient(blobOf("busy", "1")).upload("", 0, {
      metadata: { sequencenumber: "1", offset: "64" },
    });
  });
  expect(busy.results).toEqual({ 0: "conflict", 1: "conflict" });
  expect(busy.record.entries[0]?.reason).toEqual(like("sourceChanged"));
  expect(busy.record.entries[1]?.reason).toEqual(like("checkpointAppeared"));

  const claimed = { source: placeOf("claimed", "main"), target: placeOf("claimed", "fresh") };
  const plan = await planMove(claimed.source, claimed.target);
  const { record, results } = await applyPlanned(history, plan, claimed, () =>
    world.own("Orders", "claimed", "0", "worker-1"),
  );
  expect(results).toEqual({ 0: "conflict", 1: "conflict" });
  const because = expect.objectContaining({ code: "ownedNow" });
  expect(record.entries[0]?.reason).toEqual(like("sourceChanged", { because }));
  const running = expect.objectContaining({ code: "groupRunning" });
  expect(record.entries[1]?.reason).toEqual(like("sourceChanged", { because: running }));
  expect(await fresh.getBlobClient(blobOf("claimed", "0")).exists()).toBe(false);
});

it("keeps what a move made once a processor has written it", async () => {
  const [source, target] = [placeOf("kept", "main"), placeOf("kept", "fresh")];
  const { record } = await applyPlanned(history, await planMove(source, target), { source, target });
  const written = { sequencenumber: "55", offset: String(55 * 64) };
  await fresh.getBlobClient(blobOf("kept", "0")).setMetadata(written);
  await expect
    .poll(
      async () => (await makeUndoPlan(target, record, newHead(), signal)).plan.entries[0]?.blockedBy?.code,
      {
        timeout: 8_000,
      },
    )
    .toBe("moveTouched");
  const undo = await undone(record, target);
  expect(undo.results).toEqual({ 0: "skipped", 1: "written" });
  expect(await fresh.getBlobClient(blobOf("kept", "0")).exists()).toBe(true);
  expect(await fresh.getBlobClient(blobOf("kept", "1")).exists()).toBe(false);
});

it("moves to another hub by enqueued time, and the official client goes on with the first event since", async () => {
  const past = Date.now() - 1_800_000;
  for (const id of ids) {
    const enqueuedAt = [past, past, past, Date.now(), Date.now()];
    world.eventHubs.append(
      "Heirs",
      id,
      enqueuedAt.map((at, body) => ({ body, enqueuedAt: at })),
    );
  }
  const source = placeOf("archive", "main");
  const target = places.findTarget({ hub: "heirs", group: "heir", store: "main" });
  const plan = await planMove(source, target);
  expect(plan.plan.entries).toMatchObject(
    ids.map(() => ({ resumesAt: { sequenceNumber: 3 }, replays: 0, skips: 3, source: { hub: "orders" } })),
  );
  const { record, results } = await applyPlanned(history, plan, { source, target });
  expect(results).toEqual({ 0: "written", 1: "written" });
  const moved = await contentOf(world.container, "heir");
  const undo = await undone(record, target);
  expect(undo.results).toEqual({ 0: "written", 1: "written" });
  expect(await contentOf(world.container, "heir")).toEqual({});
  const redone = await undone(undo.record, target);
  expect(redone.results).toEqual({ 0: "written", 1: "written" });
  expect(Object.keys(await contentOf(world.container, "heir"))).toEqual(Object.keys(moved));
  expect(await firstEvents(world.container, "heir", "Heirs")).toEqual({ 0: 3, 1: 3 });
});

it("says in the plan which rights are missing, without having written", async () => {
  const withRights = async (permissions: string) => {
    const url = await fresh.generateSasUrl({
      permissions: ContainerSASPermissions.parse(permissions),
      expiresOn: new Date(Date.now() + 600_000),
    });
    const container = new ContainerClient(url);
    const target = placeOf("archive", "fresh");
    const lacking = (blobName: string, abortSignal: AbortSignal) =>
      lackingRights(container, blobName, { abortSignal });
    return planMove(placeOf("archive", "main"), { ...target, container, lackingRights: lacking });
  };
  const before = await contentOf(fresh, "archive");
  const because = like("failure", { errorCode: "azureUnauthorized" });
  const store = "fresh";
  const readOnly = await withRights("rl");
  const missing = like("writeNotAllowed", { store, because });
  expect(readOnly.plan).toMatchObject({
    blockedBy: missing,
    entries: ids.map(() => ({ blockedBy: missing })),
  });
  expect(readOnly.writes).toEqual([]);
  const noDelete = await withRights("rlcw");
  expect(noDelete.plan.blockedBy).toBeNull();
  expect(noDelete.plan.warnings).toContainEqual(like("undoNotAllowed", { store, because }));
  const source = placeOf("archive", "main");
  const list = await world.container.generateSasUrl({
    permissions: ContainerSASPermissions.parse("w"),
    expiresOn: new Date(Date.now() + 600_000),
  });
  const unread = createStoreReader(new ContainerClient(list), { ...source, onlyGroup: "archive" });
  const noRead = { ...source, readStore: (abortSignal: AbortSignal) => unread.read({ abortSignal }) };
  await expect(planMove(noRead, placeOf("archive", "fresh"))).rejects.toMatchObject({
    code: "azureUnauthorized",
    message: expect.stringContaining(world.container.containerName),
  });
  expect((await withRights("rlcwd")).plan).toMatchObject({ blockedBy: null, warnings: [] });
  expect(await contentOf(fresh, "archive")).toEqual(before);
});
