import { expect, it, onTestFinished } from "vitest";
import { openAccount, openContainer } from "#lib/checkpoint-store/container.ts";
import { createContainerSearch } from "#lib/checkpoint-store/listing/container-search.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { azureRequests } from "#lib/core/azure-requests.ts";
import { azuriteForThisFile } from "#tests/support/azurite.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { startCountingProxy } from "#tests/support/proxies/counting-proxy.ts";

const storage = azuriteForThisFile("own");
const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };

function operationsOf(requests: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const request of requests) {
    const [method, path = ""] = request.split(" ");
    const { searchParams } = new URL(path, "http://storage");
    const asked = [method, searchParams.get("restype"), searchParams.get("comp")].filter(Boolean).join(" ");
    const name =
      {
        "GET container list": "listBlobs",
        "GET list": "listContainers",
        "GET service properties": "getServiceProperties",
        HEAD: "getBlobProperties",
        GET: "getBlob",
        "PUT metadata": "setBlobMetadata",
      }[asked] ?? asked;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

it("counts every request to the storage by its kind, including failed ones", async () => {
  const container = await storage.newContainer();
  const where = { namespace: hub.fullyQualifiedNamespace, eventHub: "orders", group: "g" };
  const at = { partitionId: "0", sequenceNumber: 7 };
  await putWild(container, [...wild.common(where, { ...at, owner: "o" }), wild.functions(where, at)]);
  const { port } = new URL(storage.blobEndpoint);
  const proxy = await startCountingProxy(Number(port));
  onTestFinished(() => proxy.stop());
  const connectionString = storage.connectionString.replaceAll(`:${port}`, `:${proxy.port}`);
  const open = (name: string) => openContainer({ connectionString, container: name });

  const reader = createStoreReader(open(container.containerName), hub);
  await reader.read();
  await reader.read();
  await createContainerSearch(openAccount({ connectionString }), hub).find();
  const blob = open(container.containerName).getBlobClient(
    "contoso.servicebus.windows.net/orders/g/checkpoint/0",
  );
  await blob.setMetadata({ offset: "1", sequencenumber: "1" });
  await expect(createStoreReader(open("nowhere"), hub).read()).rejects.toMatchObject({
    code: "containerNotFound",
  });

  const expected = operationsOf(proxy.requests);
  expect(Object.keys(expected).sort()).toEqual([
    "getBlob",
    "getBlobProperties",
    "getServiceProperties",
    "listBlobs",
    "listContainers",
    "setBlobMetadata",
  ]);
  const counted = azureRequests().filter(({ service }) => service === "storage");
  expect(Object.fromEntries(counted.map(({ operation, count }) => [operation, count]))).toEqual(expected);
});
