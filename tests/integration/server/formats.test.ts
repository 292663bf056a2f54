import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { consumerGroupDetailSchema } from "#lib/api/consumer-group.ts";
import { eventHubDetailSchema } from "#lib/api/event-hub.ts";
import { brokenBlobs, strayBlobs } from "#tests/support/fixtures/blobs/broken-blobs.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const events = 100;
const partitionCount = 20;
const where = { namespace: localNamespace, eventHub: "Orders", group: "Billing" };
const { torn, frayed } = brokenBlobs(localNamespace, "orders");
const owned = { partitionId: "0", sequenceNumber: 89, owner: "host-1", leased: true };
const ofNoPartition = [
  "checkpoint/$$$.$$$",
  "checkpoint/31",
  "ownership/31",
  "checkpoint/a/b",
  "ownership/a/",
].map((rest) => `localhost/four/beside/${rest}`);
const released = { partitionId: "1", sequenceNumber: 79 };

let world: LocalWorld;
let dashboard: TestDashboard;

beforeAll(async () => {
  world = await startLocalWorld([
    { name: "Orders", partitionCount },
    { name: "four", partitionCount: 4 },
  ]);
  for (let id = 0; id < partitionCount; id++) world.enqueue("Orders", String(id), events);
  for (const id of ["0", "1", "2", "3"]) {
    world.enqueue("four", id, 10);
    for (const group of ["beside", "whole"]) await world.checkpoint("four", group, id, 9);
  }
  await putWild(world.container, [
    ...ofNoPartition.map((path) => ({ name: path, body: "", metadata: { offset: "1" }, leased: false })),
    ...["31", "a/b"].map((rest) => ({
      name: `localhost/four/whole/checkpoint/${rest}`,
      body: "",
      metadata: { offset: "1", sequencenumber: "1" },
      leased: false,
    })),
    ...strayBlobs(localNamespace, "orders"),
    ...[...torn, ...frayed].map(({ blob }) => blob),
    ...[owned, released].flatMap((at) => [
      ...wild.common({ ...where, group: "Modern" }, at),
      wild.functions({ ...where, group: "Fx" }, at),
      wild.dapr({ ...where, group: "mesh" }, at),
      wild.dotnetHost("eph/host", at),
      wild.go3("go/", at),
    ]),
    { name: "localhost/orders/torn/ownership/3", body: "", metadata: {}, leased: false },
    wild.functions({ ...where, group: "Both" }, { partitionId: "0", sequenceNumber: 10 }),
    ...wild.common({ ...where, group: "Both" }, { partitionId: "1", sequenceNumber: 20 }),
    ...wild.common({ ...where, group: "Both" }, { partitionId: "1", sequenceNumber: 21 }, false),
  ]);
  const store = {
    connectionString: world.azurite.connectionString,
    container: world.container.containerName,
  };
  dashboard = await startDashboard({
    refreshSeconds: 1,
    eventHubs: [
      world.hubConfig("Orders", {
        checkpointStores: [
          { id: "main", ...store },
          { id: "hosts", ...store, prefix: "eph/", formats: ["eph"] },
          { id: "go", ...store, prefix: "go/", formats: ["go3"], consumerGroup: "archive" },
        ],
      }),
      world.hubConfig("four"),
    ],
  });
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 10_000);
});

afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
});

async function hub() {
  const response = await fetch(`${dashboard.url}/api/v1/event-hubs/Orders`);
  return eventHubDetailSchema.parse(await response.json());
}

async function group(name: string, ofHub = "Orders") {
  const response = await fetch(`${dashboard.url}/api/v1/event-hubs/${ofHub}/consumer-groups/${name}`);
  return consumerGroupDetailSchema.parse(await response.json());
}

it("shows every group of every layout, each in its store, and no other", async () => {
  const { consumerGroups, error } = await hub();
  expect(error).toBeNull();
  expect(consumerGroups.map(({ store, name, formats }) => [store, name, formats])).toEqual([
    ["main", "Both", ["functions", "common"]],
    ["main", "frayed", ["functions"]],
    ["main", "Fx", ["functions"]],
    ["main", "mesh", ["dapr"]],
    ["main", "modern", ["common"]],
    ["main", "torn", ["common"]],
    ["hosts", "host", ["eph"]],
    ["go", "archive", ["go3"]],
  ]);
});

it.each([
  ["modern", "common", "localhost/orders/modern/checkpoint/0"],
  ["fx", "functions", "localhost/orders/Fx/0"],
  ["mesh", "dapr", "dapr-Orders-mesh-0"],
  ["host", "eph", "eph/host/0"],
  ["archive", "go3", "go/0"],
])("counts the lag of %s and names its owner", async (name, format, blobName) => {
  const { partitions, ownedPartitions } = await group(name);
  expect(partitions.slice(0, 3).map(({ lag, lagState }) => [lag, lagState])).toEqual([
    [10, "ok"],
    [20, "ok"],
    [events, "noCheckpoint"],
  ]);
  expect(partitions[0]).toMatchObject({
    checkpoint: { sequenceNumber: 89, offset: String(89 * 64), format, blobName },
    otherCheckpoints: [],
    owner: { ownerId: "host-1", state: "active" },
  });
  expect(ownedPartitions).toBe(1);
  expect(partitions[1]?.owner?.state ?? "none").toBe(format === "common" ? "none" : "released");
});

it.each([
  ["torn", torn],
  ["frayed", frayed],
] as const)(
  "tells what is broken in %s, one sentence a partition, and counts the rest",
  async (name, broken) => {
    const { partitions, partitionsUnknown, totalLag } = await group(name);
    let known = (partitionCount - broken.length) * events;
    for (const { kind, partitionId, told, sequenceNumber } of broken) {
      const partition = partitions.find((one) => one.partitionId === partitionId);
      if (sequenceNumber === null) {
        expect(partition, kind).toMatchObject({ lag: null, lagState: "unreadable", status: "unknown" });
        expect(partition?.reason?.message, kind).toContain(told);
      } else {
        expect(partition, kind).toMatchObject({
          lag: events - 1 - sequenceNumber,
          lagState: "ok",
          reason: null,
        });
        known += events - 1 - sequenceNumber;
      }
    }
    expect(totalLag).toBe(known);
    expect(partitionsUnknown).toBe(broken.filter(({ told }) => told !== null).length);
    if (name === "torn") expect(partitions[3]?.ownerReason?.code).toBe("ownerNameless");
  },
);

it("counts the newest of several checkpoints, shows the others, and says that both move", async () => {
  const both = await group("both");
  expect(both.partitions[0]).toMatchObject({ lag: 89, checkpoint: { format: "functions" } });
  const stood = [both.partitions[1]?.checkpoint, ...(both.partitions[1]?.otherCheckpoints ?? [])];
  expect(stood.map((one) => one?.blobName).sort()).toEqual([
    "localhost/Orders/Both/checkpoint/1",
    "localhost/orders/both/checkpoint/1",
  ]);
  expect(both.notes).toMatchObject([{ code: "contestedCheckpoints", partitionIds: ["1"] }]);
});

it("tells of broken blobs without a partition, whatever their names, until they are deleted", async () => {
  expect((await group("whole", "four")).notes).toEqual([]);
  const { notes, partitions } = await group("beside", "four");
  const none = { checkpointBlobs: [], ownershipBlobs: [] };
  expect(notes).toMatchObject([
    {
      code: "blockingBlobs",
      partitionIds: [],
      params: { ...none, goneBlobs: ofNoPartition.slice(0, 3), misnamedBlobs: ofNoPartition.slice(3) },
    },
  ]);
  expect(partitions.map(({ partitionId, lag }) => [partitionId, lag])).toEqual(
    ["0", "1", "2", "3"].map((id) => [id, 0]),
  );
  for (const name of ofNoPartition) await world.container.deleteBlob(name);
  await vi.waitFor(async () => expect((await group("beside", "four")).notes).toEqual([]), 10_000);
});
