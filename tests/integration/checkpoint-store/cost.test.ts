import { expect, it, onTestFinished } from "vitest";
import { openContainer } from "#lib/checkpoint-store/container.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { azuriteForThisFile } from "#tests/support/azurite.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { startCountingProxy } from "#tests/support/proxies/counting-proxy.ts";

const storage = azuriteForThisFile();
const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };
const where = { namespace: hub.fullyQualifiedNamespace, eventHub: "orders", group: "g" };

it("asks for one listing per prefix and no body when nothing changed, whatever the number of groups", async () => {
  const container = await storage.newContainer();
  const partitions = Array.from({ length: 16 }, (_, id) => ({ partitionId: String(id), sequenceNumber: id }));
  const groups = ["a", "b", "c", "d"];
  await putWild(
    container,
    partitions.flatMap((at) =>
      groups.flatMap((group) => [
        ...wild.common({ ...where, group }, { ...at, owner: "o" }),
        wild.functions({ ...where, group: `fx-${group}` }, at),
        wild.dapr({ ...where, group }, at),
      ]),
    ),
  );
  const { port } = new URL(storage.blobEndpoint);
  const proxy = await startCountingProxy(Number(port));
  onTestFinished(() => proxy.stop());
  const take = () =>
    proxy.requests
      .splice(0)
      .map((one) => `${one.split(" ")[0]} ${one.includes("comp=list") ? "list" : "blob"}`);
  const connectionString = storage.connectionString.replaceAll(`:${port}`, `:${proxy.port}`);
  const reader = createStoreReader(
    openContainer({ connectionString, container: container.containerName }),
    hub,
  );
  const first = await reader.read();
  expect(first.bodyReads).toBe(2 * groups.length * partitions.length);
  // A survey also asks once for the account's properties.
  expect(take().filter((one) => one === "GET blob")).toHaveLength(first.bodyReads + 1);

  await reader.read();
  expect(take()).toEqual(["GET list", "GET list"]);

  await putWild(container, [
    wild.functions({ ...where, group: "fx-a" }, { partitionId: "3", sequenceNumber: 9 }),
  ]);
  await reader.read();
  expect(take().sort()).toEqual(["GET blob", "GET list", "GET list"]);
  await reader.read();
  expect(take()).toEqual(["GET list", "GET list"]);
});
