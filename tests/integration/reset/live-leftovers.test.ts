import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeOwnership } from "#lib/checkpoint-store/hold-ownership.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import { releaseLeftovers } from "#lib/reset/live/recover/release-leftovers.ts";
import { storedBlobs } from "#tests/support/azurite.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { placeOf } from "#tests/support/worlds/reset-world.ts";

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 4 }]);
});
afterAll(() => world?.stop());

function placeLater(group: string, seconds: number) {
  const place = placeOf(world, group);
  const readStore = async (signal: AbortSignal) => {
    const reading = await place.readStore(signal);
    return { ...reading, readAt: reading.readAt + seconds * 1_000 };
  };
  return { ...place, readStore };
}

async function owners(group: string): Promise<Record<string, string | undefined>> {
  const folder = `localhost/orders/${group}/ownership/`;
  const blobs = Object.entries(await storedBlobs(world.container)).filter(([name]) =>
    name.startsWith(folder),
  );
  return Object.fromEntries(blobs.map(([name, { ownerid }]) => [name.slice(folder.length), ownerid]));
}

it("gives back what a dead reset left held, and nothing held by processors or by running resets", async () => {
  const [dead, running] = [randomUUID(), randomUUID()];
  const held = (resetId: string, id: string) => holdingOwnerId(resetId, id, "0badcafe");
  await world.own("orders", "billing", "0", held(dead, "0"));
  await world.own("orders", "billing", "1", held(running, "1"));
  await world.own("orders", "billing", "2", "processor");
  const blobName = "localhost/orders/billing/ownership/3";
  await writeOwnership(world.container, { blobName, ownerId: held(dead, "3"), isMade: true }, null);
  const isRunning = (id: string) => id === running;

  expect(await releaseLeftovers(placeLater("billing", 20), isRunning)).toEqual([]);
  expect(await releaseLeftovers(placeLater("billing", 40), isRunning)).toEqual(["0", "3"]);
  expect(await owners("billing")).toEqual({ "0": "", "1": held(running, "1"), "2": "processor", "3": "" });
  // The blob counts as missing, so no owner is expected.
  const { groups } = await placeOf(world, "billing").readStore(AbortSignal.timeout(10_000));
  expect([...(groups.get("billing")?.ownerships.keys() ?? [])]).toEqual(["0", "1", "2"]);
});
