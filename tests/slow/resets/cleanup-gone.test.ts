import type { ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeCleanupPlan } from "#lib/reset/cleanup/make-cleanup-plan.ts";
import { makeCleanupUndoPlan } from "#lib/reset/cleanup/undo-cleanup.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { engines, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { type FaultyProxy, startFaultyProxy } from "#tests/support/proxies/faulty-proxy.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { applyPlanned, newHead, wholeBlobs } from "#tests/support/worlds/moving-world.ts";
import { containerAt, placeOf } from "#tests/support/worlds/reset-world.ts";

const eightDaysMs = 8 * 86_400_000;
const signal = new AbortController().signal;
const ids = ["0", "1", "31"];

let world: LocalWorld;
let proxy: FaultyProxy;
let container: ContainerClient;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 2, consumerGroups: [] }]);
  proxy = await startFaultyProxy(world.azurite.port);
  container = containerAt(world, proxy.port);
});
afterAll(async () => {
  await proxy?.stop();
  await world?.stop();
});

async function fill(group: string): Promise<void> {
  const at = { namespace: localNamespace, eventHub: "Orders", group };
  const positions = ids.map((partitionId) => ({ partitionId, sequenceNumber: 4, owner: "" }));
  await putWild(world.container, [
    ...positions.flatMap((position) => wild.common(at, position)),
    ...wild.common({ ...at, group: group.toUpperCase() }, { partitionId: "0", sequenceNumber: 3 }, false),
    wild.functions(at, { partitionId: "0", sequenceNumber: 2 }),
    wild.dapr(at, { partitionId: "1", sequenceNumber: 1 }),
  ]);
  const odd = `${localNamespace}/orders/${group}/checkpoint/$$$.$$$`;
  await world.container.getBlockBlobClient(odd).upload("kept", 4, {
    metadata: { Note: "odd" },
    blobHTTPHeaders: { blobContentType: "text/plain", blobCacheControl: "no-store" },
  });
}

const isOf = (group: string) => (name: string) => name.toLowerCase().includes(group);
const planned = (place: ResetPlace) => makeCleanupPlan(place, { blobs: "all" }, new Map(), newHead(), signal);

it.each(engines)(
  "cleans a gone group up after seven days, and brings all of it back, in %s",
  async (kind) => {
    const group = `gone-${kind}`;
    proxy.laterMs = 0;
    const history = await openHistory(await newDatabase(kind));
    await fill(group);
    const before = await wholeBlobs(world.container, isOf(group));
    const names = Object.keys(before);
    expect(names).toHaveLength(10);
    const known = { names: ["$Default", group.toUpperCase()] };
    const place = placeOf(world, group, { container, knownGroups: async () => known.names });
    const whys = async () => (await planned(place)).plan.entries.map(({ cleans }) => cleans?.why);

    // Azure lists it, in whatever casing: only what is of no partition may go.
    proxy.laterMs = eightDaysMs;
    expect(await whys()).not.toContain("goneGroup");
    known.names = ["$Default"];
    proxy.laterMs = 0;
    expect(await whys()).not.toContain("goneGroup");
    proxy.laterMs = eightDaysMs;
    expect(await whys()).toEqual(names.map(() => "goneGroup"));

    const plan = await planned(place);
    expect(plan.plan).toMatchObject({ blockedBy: null, warnings: [] });
    const late = await applyPlanned(history, plan, { target: place }, async () => {
      known.names = ["$Default", group];
    });
    expect(new Set(Object.values(late.results))).toEqual(new Set(["conflict"]));
    expect(late.record.entries[0]?.reason).toEqual(like("cleanupHoldsNot"));
    expect(await wholeBlobs(world.container, isOf(group))).toEqual(before);

    known.names = ["$Default"];
    const { record, results } = await applyPlanned(history, await planned(place), { target: place });
    expect(results).toEqual(Object.fromEntries(names.map((name) => [name, "written"])));
    expect(await wholeBlobs(world.container, isOf(group))).toEqual({});

    const back = await makeCleanupUndoPlan(place, record, newHead(), signal);
    const undone = await applyPlanned(history, back, { target: place });
    expect(new Set(Object.values(undone.results))).toEqual(new Set(["written"]));
    expect(await wholeBlobs(world.container, isOf(group))).toEqual(before);

    const again = await makeCleanupUndoPlan(place, undone.record, newHead(), signal);
    const redone = await applyPlanned(history, again, { target: place });
    expect(new Set(Object.values(redone.results))).toEqual(new Set(["written"]));
    expect(await wholeBlobs(world.container, isOf(group))).toEqual({});
  },
);
