import type { ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Monitor } from "#lib/monitor/monitor.ts";
import { makeUndoPlan } from "#lib/reset/plan/make-undo-plan.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
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
import { watchedPlaces } from "#tests/support/worlds/planning-world.ts";

const ids = ["0", "1", "2"];
const group = "replaced";
const gone = "gone";
const blobOf = (id: string) => `${localNamespace}/orders/${group}/checkpoint/${id}`;

let world: LocalWorld;
let fresh: ContainerClient;
let monitor: Monitor;
let places: ResetPlaces;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 3, consumerGroups: [group, gone] }]);
  fresh = await anotherContainer(world);
  for (const id of ids) {
    world.enqueue("orders", id, 60);
    for (const each of [group, gone]) await world.checkpoint("orders", each, id, 40);
  }
  const { connectionString } = world.azurite;
  ({ places, monitor } = await watchedPlaces([
    world.hubConfig("orders", {
      id: "orders",
      ownershipExpirationSeconds: 3,
      checkpointStores: [
        { id: "old", connectionString, container: world.container.containerName },
        { id: "new", connectionString, container: fresh.containerName },
      ],
    }),
  ]));
});
afterAll(async () => {
  await monitor?.stop();
  await world?.stop();
});

const own = (ownerid: string) =>
  fresh
    .getBlockBlobClient(`${localNamespace}/orders/${group}/ownership/2`)
    .upload("", 0, { metadata: { ownerid } });

it("leaves a running group alone in its plan and when applied, also where it can't restore exactly", async () => {
  const history = await openHistory(await newDatabase("postgres"));
  const [source, target] = [
    places.findTarget({ hub: "orders", group, store: "old" }),
    places.findTarget({ hub: "orders", group, store: "new" }),
  ];
  // The event hub takes no such offset: an undo has to look up the event's own.
  for (const [id, offset] of [
    ["0", "None"],
    ["1", "320"],
  ] as const)
    await fresh
      .getBlockBlobClient(blobOf(id))
      .upload("", 0, { metadata: { SequenceNumber: "5", Offset: offset } });
  const partitions = ["0", "1"];
  const plan = await planMove(source, target, { partitions, overwrite: partitions });
  const { record, results } = await applyPlanned(history, plan, { source, target });
  expect(results).toEqual({ 0: "written", 1: "written" });
  const planUndo = () => makeUndoPlan(target, record, newHead(), new AbortController().signal);
  const because = (code: string) => expect.objectContaining({ code });

  const quiet = await planUndo();
  expect(quiet.plan.entries).toMatchObject([
    { partitionId: "0", blockedBy: null, warnings: [like("offsetCorrected"), like("positionRestoredAlone")] },
    { partitionId: "1", blockedBy: null, warnings: [] },
  ]);
  const late = await applyPlanned(history, quiet, { target }, () => own("worker-1"));
  expect(late.record.entries).toMatchObject(
    partitions.map(() => ({
      result: "conflict",
      reason: like("groupRunning", { because: because("ownedNow") }),
    })),
  );
  await own("worker-1");
  const running = await planUndo();
  expect(running.plan.entries).toMatchObject(
    partitions.map(() => ({ blockedBy: like("groupRunning", { because: because("partitionOwned") }) })),
  );
  expect(running.writes).toEqual([]);

  await own("");
  const undone = await applyPlanned(history, await planUndo(), { target });
  expect(undone.results).toEqual({ 0: "written", 1: "written" });
  const standing = async (id: string) => {
    for await (const { name, metadata } of fresh.listBlobsFlat({ includeMetadata: true }))
      if (name === blobOf(id)) return metadata;
    return null;
  };
  expect(await standing("0")).toMatchObject({
    sequencenumber: "5",
    offset: quiet.plan.entries[0]?.target?.offset,
  });
  expect(await standing("1")).toEqual({ SequenceNumber: "5", Offset: "320" });
});

it("brings back a replaced blob byte for byte, also where somebody has deleted or remade it since", async () => {
  const history = await openHistory(await newDatabase("sqlite"));
  const at = (store: string) => places.findTarget({ hub: "orders", group: gone, store });
  const [source, target] = [at("old"), at("new")];
  const blobIn = (id: string) => `${localNamespace}/orders/${gone}/checkpoint/${id}`;
  const put = (id: string, body: string, sequenceNumber: number, contentType?: string) =>
    fresh.getBlockBlobClient(blobIn(id)).upload(body, body.length, {
      metadata: { SequenceNumber: String(sequenceNumber), Offset: String(sequenceNumber * 64) },
      ...(contentType && { blobHTTPHeaders: { blobContentType: contentType } }),
    });
  for (const id of ids) await put(id, `kept ${id}`, 5, "text/plain");
  const standing = () => wholeBlobs(fresh, (name) => name.includes(`/${gone}/`));
  const before = await standing();
  const { record, results } = await applyPlanned(
    history,
    await planMove(source, target, { overwrite: ids }),
    { source, target },
  );
  expect(results).toEqual({ 0: "written", 1: "written", 2: "written" });
  await fresh.deleteBlob(blobIn("0"));
  await put("1", "", 7);
  const planUndo = () => makeUndoPlan(target, record, newHead(), new AbortController().signal);
  await expect.poll(async () => (await planUndo()).writes.length, { timeout: 10_000, interval: 200 }).toBe(3);
  const undone = await applyPlanned(history, await planUndo(), { target });
  expect(undone.results).toEqual({ 0: "written", 1: "written", 2: "written" });
  expect(await standing()).toEqual(before);
});
