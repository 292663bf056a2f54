import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { consumerGroupDetailSchema } from "#lib/api/consumer-group.ts";
import { eventHubDetailSchema, eventHubsSchema } from "#lib/api/event-hub.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";

let world: LocalWorld;
let dashboard: TestDashboard;
const where = { namespace: localNamespace, eventHub: "Orders", group: "Billing" };

beforeAll(async () => {
  world = await startLocalWorld(
    [
      { name: "Orders", partitionCount: 1 },
      { name: "audit", partitionCount: 1 },
    ],
    "own",
  );
  world.enqueue("Orders", "0", 10);
  await putWild(world.container, [
    ...wild.common(where, { partitionId: "0", sequenceNumber: 8 }),
    ...wild.common({ ...where, eventHub: "Orders" }, { partitionId: "0", sequenceNumber: 7 }, false),
    ...wild.common({ ...where, eventHub: "audit" }, { partitionId: "0", sequenceNumber: -1, offset: "-1" }),
  ]);
  const service = BlobServiceClient.fromConnectionString(world.azurite.connectionString);
  const { containerClient } = await service.createContainer("azure-webjobs-eventhub");
  await putWild(containerClient, [wild.functions(where, { partitionId: "0", sequenceNumber: 4 })]);
  await service.createContainer("unrelated");
  dashboard = await startDashboard({
    refreshSeconds: 1,
    eventHubs: [
      {
        connectionString: world.eventHubs.connectionString,
        checkpointStores: [{ id: "account", connectionString: world.azurite.connectionString }],
      },
      {
        id: "nothing here",
        fullyQualifiedNamespace: "elsewhere.servicebus.windows.net",
        checkpointStores: [{ connectionString: world.azurite.connectionString, container: "unrelated" }],
      },
    ],
  });
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 10_000);
});

afterAll(async () => {
  const ended = await dashboard?.end();
  await world?.stop();
  expect(ended?.code).toBe(0);
});

async function get(path: string): Promise<unknown> {
  return (await fetch(`${dashboard.url}/api/v1${path}`)).json();
}

it("finds the hubs that the stores mention, and says what was looked for when there is none", async () => {
  await vi.waitFor(async () => {
    const { eventHubs } = eventHubsSchema.parse(await get("/event-hubs"));
    expect(eventHubs.map(({ id, partitionCount }) => [id, partitionCount])).toEqual([
      ["localhost/audit", 1],
      ["localhost/Orders", 1],
      ["nothing here", null],
    ]);
    expect(eventHubs[2]?.error).toMatchObject({
      code: "eventHubNotFound",
      message: expect.stringContaining("No event hub of elsewhere.servicebus.windows.net was found"),
    });
  }, 10_000);
});

it("shows a group once for each container of the account that holds it", async () => {
  const hub = eventHubDetailSchema.parse(await get("/event-hubs/localhost%2FOrders"));
  const main = `account/${world.container.containerName}`;
  expect(hub.checkpointStores.map(({ id, error }) => [id, error])).toEqual([
    ["account", null],
    ["account/azure-webjobs-eventhub", null],
    [main, null],
  ]);
  const groups = hub.consumerGroups.map(({ store, name, totalLag }) => [store, name, totalLag]);
  expect(groups).toContainEqual(["account/azure-webjobs-eventhub", "Billing", 5]);
  expect(groups).toHaveLength(2);
  const group = consumerGroupDetailSchema.parse(
    await get(`/event-hubs/localhost%2FOrders/consumer-groups/billing?store=${encodeURIComponent(main)}`),
  );
  expect(group.partitions[0]?.otherCheckpoints).toHaveLength(1);
});
