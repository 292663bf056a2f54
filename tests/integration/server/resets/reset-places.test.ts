import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Monitor } from "#lib/monitor/monitor.ts";
import type { HubConfig } from "#lib/server/config/config.ts";
import { monitoredHub } from "#lib/server/hubs/monitored-hub.ts";
import { createResetPlaces, type ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { putBlob } from "#tests/support/azurite.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const where = { namespace: localNamespace, eventHub: "Orders", group: "Billing" };
const at = { partitionId: "0", sequenceNumber: 5 };
const signal = new AbortController().signal;

let world: LocalWorld;
let monitor: Monitor;
let configs: readonly HubConfig[];
let places: ResetPlaces;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "Orders", partitionCount: 2 }], "own");
  world.enqueue("Orders", "0", 10);
  await putWild(world.container, [
    ...wild.common(where, at),
    wild.functions({ ...where, group: "Fx" }, at),
    wild.dapr({ ...where, group: "mesh" }, at),
    wild.dotnetHost("eph/host", at),
    wild.go3("go/", at),
    ...Array.from({ length: 20 }, (_, i) => wild.common({ ...where, group: `other-${i}` }, at)).flat(),
  ]);
  const { connectionString } = world.azurite;
  const store = { connectionString, container: world.container.containerName };
  const account = { id: "all", connectionString };
  const config = testConfig({
    refreshSeconds: 1,
    dataDir: "",
    hubs: [
      world.hubConfig("Orders", {
        ownershipExpirationSeconds: 45,
        inspectionConsumerGroup: "tidemark",
        checkpointStores: [
          { id: "main", ...store },
          { id: "hosts", ...store, prefix: "eph/", formats: ["eph"] },
          { id: "go", ...store, prefix: "go/", formats: ["go3"], consumerGroup: "archive" },
        ],
      }),
      world.hubConfig("Orders", { id: "found", consumerGroups: ["idle"], checkpointStores: [account] }),
    ],
  });
  configs = config.eventHubs;
  monitor = new Monitor(
    configs.map((hub) => monitoredHub(hub, configs)),
    60_000,
    () => {},
  );
  places = createResetPlaces(monitor, () => configs);
  monitor.start();
  await vi.waitFor(
    () =>
      expect(monitor.snapshots().map(({ eventHub }) => eventHub.error ?? eventHub.observedAt)).toEqual([
        expect.any(String),
        expect.any(String),
      ]),
    { timeout: 20_000 },
  );
});

afterAll(async () => {
  await monitor?.stop();
  await world?.stop();
});

it.each([
  ["Orders", "billing", "main"],
  ["Orders", "FX", "main"],
  ["Orders", "mesh", "main"],
  ["Orders", "host", "hosts"],
  ["Orders", "archive", "go"],
  ["found", "billing", ""],
])('the place for %s, %s in store "%s" reads only that group', async (hub, group, store) => {
  const place = places.find({ hub, group, store: store || undefined });
  expect(place.store).toBe(store || `all/${world.container.containerName}`);
  expect(place.eventHubName).toBe("Orders");
  const { groups, listings, survey } = await place.readStore(signal);
  expect([...groups.keys()]).toEqual([group.toLowerCase()]);
  expect(groups.get(group.toLowerCase())?.checkpoints.get("0")?.sequenceNumber).toBe(5);
  expect(listings).toBeLessThan(8);
  expect(survey).toBeNull();
  expect(
    await place.container
      .getBlobClient(groups.get(group.toLowerCase())?.checkpoints.get("0")?.blobName ?? "")
      .exists(),
  ).toBe(true);
});

it("sees at its next reading what changed since, including another spelling of the names", async () => {
  const place = places.find({ hub: "Orders", group: "Billing", store: undefined });
  await place.readStore(signal);
  await putBlob(world.container, `${localNamespace}/Orders/BILLING/checkpoint/1`, {
    sequencenumber: "7",
    offset: "448",
  });
  await putBlob(world.container, `${localNamespace}/orders/billing/checkpoint/0`, {
    sequencenumber: "6",
    offset: "384",
  });
  const group = (await place.readStore(signal)).groups.get("billing");
  expect(group?.checkpoints.get("0")?.sequenceNumber).toBe(6);
  expect(group?.checkpoints.get("1")?.blobName).toBe(`${localNamespace}/Orders/BILLING/checkpoint/1`);
});

it("carries the settings of the configuration and the state of the refreshes", () => {
  const place = places.find({ hub: "Orders", group: "billing", store: undefined });
  expect(place).toMatchObject({
    hub: "Orders",
    fullyQualifiedNamespace: localNamespace,
    group: "billing",
    inspectionConsumerGroup: "tidemark",
    ownershipExpirationSeconds: 45,
  });
  expect(place.observedExpirationSeconds()).toBeNull();
  expect(place.contestedPartitions()).toEqual([]);
});

it("reads the hub anew, and another group of it", async () => {
  const place = places.find({ hub: "Orders", group: "billing", store: undefined });
  world.enqueue("Orders", "1", 3);
  const { partitions } = await place.readHub(signal);
  expect(partitions[1]?.properties?.lastEnqueuedSequenceNumber).toBe(2);
  const other = await place.readOtherGroup("ARCHIVE", undefined, signal);
  expect(other?.checkpoints.get("0")).toMatchObject({ format: "go3", sequenceNumber: 5 });
  expect(await place.readOtherGroup("archive", "main", signal)).toBeNull();
  expect(await place.readOtherGroup("nobody", undefined, signal)).toBeNull();
});

it("says what it can't find, and when a group's layout is not known", () => {
  expect(() => places.find({ hub: "no", group: "billing", store: undefined })).toThrow(
    expect.objectContaining({ code: "notFound" }),
  );
  expect(() => places.find({ hub: "Orders", group: "no", store: undefined })).toThrow(
    expect.objectContaining({ code: "notFound" }),
  );
  expect(() => places.find({ hub: "found", group: "idle", store: undefined })).toThrow(/checkpointStores/);
});
