import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAccount } from "#lib/checkpoint-store/container.ts";
import { findHubNames } from "#lib/checkpoint-store/hub-names.ts";
import { createContainerSearch } from "#lib/checkpoint-store/listing/container-search.ts";
import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { type WildBlob, wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";

const namespace = "contoso.servicebus.windows.net";
const hub = { fullyQualifiedNamespace: namespace, eventHubName: "orders" };
const at = { partitionId: "0", sequenceNumber: 5 };
const of = (eventHub: string, group = "g") => ({ namespace, eventHub, group });

// Discovery depends on everything in the account, so this test has its own.
let azurite: Azurite;
let service: BlobServiceClient;
const make = async (name: string, blobs: WildBlob[]) => {
  const { containerClient } = await service.createContainer(name);
  await putWild(containerClient, blobs);
  return containerClient;
};

beforeAll(async () => {
  azurite = await startAzurite();
  service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  await Promise.all([
    make("checkpoints", [...wild.common(of("orders"), at), ...wild.common(of("Audit"), at, false)]),
    make("azure-webjobs-eventhub", [wild.functions(of("orders"), at)]),
    make("mesh", [wild.dapr(of("Orders"), at)]),
    make("others", [
      ...wild.common(of("payments"), at),
      ...wild.common({ ...of("x"), namespace: "else.net" }, at),
    ]),
    make("photos", [{ name: "orders/cat.png", body: "cat", metadata: {}, leased: false }]),
    make("empty", []),
  ]);
});
afterAll(() => azurite?.stop());

it("finds the containers of an account that hold a hub's checkpoints, rarely", async () => {
  let now = Date.now();
  const account = openAccount({ connectionString: azurite.connectionString });
  const search = createContainerSearch(account, { ...hub, clock: () => now });
  const first = await search.find();
  expect(first.containers).toEqual(["azure-webjobs-eventhub", "checkpoints", "mesh"]);
  // The list of containers, the first level of each, and three namespace folders.
  expect(first.listings).toBe(1 + 6 + 3);
  await make("late", wild.common(of("ORDERS"), at, false));
  const soon = await search.find();
  expect([soon.containers.length, soon.listings]).toEqual([3, 0]);
  now += 600_000;
  expect((await search.find()).containers).toContain("late");
});

it("stays within its rights, and tells when it may not list containers", async () => {
  const wrong = azurite.connectionString.replace(/AccountKey=[^;]+/, "AccountKey=d3Jvbmc=");
  const search = createContainerSearch(openAccount({ connectionString: wrong }), hub);
  await expect(search.find()).rejects.toMatchObject({ code: "azureUnauthorized" });
});

it("finds the hubs that a container or an account mentions", async () => {
  const container = service.getContainerClient("checkpoints");
  expect((await findHubNames(container, [namespace.toUpperCase()])).sort()).toEqual(["Audit", "orders"]);
  const all = await findHubNames(service, [namespace]);
  expect([...new Set(all.map((name) => name.toLowerCase()))].sort()).toEqual(["audit", "orders", "payments"]);
});
