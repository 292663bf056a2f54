import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultLiveSettings } from "#lib/reset/group/live-pace.ts";
import { createLiveRunner } from "#lib/reset/live/run-live.ts";
import { putBlob, storedBlobs } from "#tests/support/azurite.ts";
import { newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { begun, placeOf, plannedNow, runToEnd } from "#tests/support/worlds/reset-world.ts";

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 2 }]);
});
afterAll(() => world?.stop());

it("holds nobody off where the group has got to a target ahead by itself since the preview", async () => {
  world.enqueue("orders", "0", 100);
  await world.checkpoint("orders", "ahead", "0", 50);
  const history = await openHistory(await newDatabase("sqlite"));
  const planned = await plannedNow(world, "ahead", ["0"], 51);
  const writes = planned.map((write) => ({ ...write, isForward: true, isAhead: true }));
  const reset = await begun(history, world, "ahead", writes);
  await world.checkpoint("orders", "ahead", "0", 51);
  const before = await storedBlobs(world.container);
  const place = placeOf(world, "ahead", {
    openFence: () => Promise.reject(new Error("Nobody is to be held off.")),
  });
  const runner = createLiveRunner({ settings: defaultLiveSettings });
  const { results, record } = await runToEnd(history, reset, place, runner);
  expect(results).toEqual({ 0: "conflict" });
  expect(record.entries[0]?.reason).toEqual(
    like("wentPastTarget", { sequenceNumber: 51, targetSequenceNumber: 51 }),
  );
  expect(await storedBlobs(world.container)).toEqual(before);
}, 60_000);

it("holds nobody off when a partition's blobs are not those in the preview", async () => {
  for (const id of ["0", "1"]) {
    world.enqueue("orders", id, 100);
    await world.checkpoint("orders", "billing", id, 50);
  }
  const history = await openHistory(await newDatabase("sqlite"));
  const planned = await plannedNow(world, "billing", ["0", "1"], 9);
  const writes = planned.map((write) => ({ ...write, rivals: [] }));
  const reset = await begun(history, world, "billing", writes);
  const typed = `${localNamespace}/Orders/billing`;
  await putBlob(world.container, `${typed}/checkpoint/0`, { sequencenumber: "1", offset: "64" });
  await putBlob(world.container, `${typed}/ownership/1`, { ownerid: "worker-1" });
  const before = await storedBlobs(world.container);

  const place = placeOf(world, "billing", {
    openFence: () => Promise.reject(new Error("Nobody is to be held off.")),
  });
  const { results, record } = await runToEnd(
    history,
    reset,
    place,
    createLiveRunner({ settings: defaultLiveSettings }),
  );
  expect(results).toEqual({ 0: "conflict", 1: "conflict" });
  expect(record.entries[0]?.reason).toEqual(like("rivalAppeared"));
  expect(record.entries[1]?.reason).toEqual(like("groupMoved", { blobName: `${typed}/checkpoint/1` }));
  expect(await storedBlobs(world.container)).toEqual(before);
}, 60_000);
