import { expect, it } from "vitest";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { azuriteForThisFile, putManyBlobs } from "#tests/support/azurite.ts";

const storage = azuriteForThisFile();
const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };
const folder = "contoso.servicebus.windows.net/orders";

it("reads past the 5,000 blobs that the service gives at once", async () => {
  const container = await storage.newContainer();
  await putManyBlobs(container, 5_100, (i) => `${folder}/g${i % 20}/checkpoint/${i}`, {
    sequencenumber: "1",
  });
  const reader = createStoreReader(container, hub);
  await reader.read();
  const reading = await reader.read();
  expect(reading.listings).toBe(2);
  expect(reading.groups.size).toBe(20);
  expect([...reading.groups.values()].reduce((sum, group) => sum + group.checkpoints.size, 0)).toBe(5_100);
});
