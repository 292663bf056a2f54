import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeWholeBlob, readWholeBlob, tagsFault } from "#lib/checkpoint-store/whole/whole-blob.ts";
import { azuriteForThisFile } from "#tests/support/azurite.ts";
import { type FaultyProxy, startFaultyProxy } from "#tests/support/proxies/faulty-proxy.ts";
import { wholeBlobs } from "#tests/support/worlds/moving-world.ts";

const storage = azuriteForThisFile();
const name = "contoso.servicebus.windows.net/orders/billing/checkpoint/3";

let container: ContainerClient;
let proxy: FaultyProxy;
beforeAll(async () => {
  proxy = await startFaultyProxy(Number(new URL(storage.blobEndpoint).port));
});
afterAll(() => proxy?.stop());
beforeEach(async () => {
  container = await storage.newContainer();
  // A longer name that begins with the same one.
  await container.getBlockBlobClient(`${name}1`).upload("other", 5, { metadata: { other: "1" } });
});

const upload = (text: string, more: object = {}) =>
  container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text), more);
const bare = (etag?: string) => (etag ?? "").replaceAll('"', "");

const rich = {
  metadata: { SequenceNumber: "9", Empty: "" },
  blobHTTPHeaders: {
    blobContentType: "text/plain",
    blobContentEncoding: "identity",
    blobContentLanguage: "de",
    blobContentDisposition: "inline",
    blobCacheControl: "no-cache",
  },
  tags: { keep: "yes", "team name": "billing + orders" },
  tier: "Cool",
};

it.each([
  ["content, headers, index tags and a tier", "Später", rich],
  ["nothing but metadata", "", { metadata: { OwnerId: "" } }],
  ["index tags without content", "", { tags: { keep: "yes" } }],
])("brings back a deleted blob with %s as it was", async (_, text, more) => {
  const { etag } = await upload(text, more);
  const before = await wholeBlobs(container);
  const whole = await readWholeBlob(container, name, bare(etag), { withTags: true });
  if (whole === null) throw new Error("The blob stands there.");
  await container.deleteBlob(name);
  const made = await makeWholeBlob(container, name, whole, { ifNoneMatch: "*" });
  expect(made.result).toBe("written");
  expect(await wholeBlobs(container)).toEqual(before);
  expect(await makeWholeBlob(container, name, whole, { ifNoneMatch: "*" })).toMatchObject({
    result: "conflict",
  });
});

it("replaces a blob while it is unchanged, and reads none that has changed or is gone", async () => {
  const { etag } = await upload("former", rich);
  const whole = await readWholeBlob(container, name, bare(etag), { withTags: true });
  if (whole === null) throw new Error("The blob stands there.");
  const before = await wholeBlobs(container);
  const standing = await upload("another", { metadata: { other: "2" } });
  expect(await readWholeBlob(container, name, bare(etag))).toBeNull();
  expect(await makeWholeBlob(container, name, whole, { ifMatch: bare(etag) })).toMatchObject({
    result: "conflict",
  });
  const replaced = await makeWholeBlob(container, name, whole, { ifMatch: bare(standing.etag) });
  expect(replaced.result).toBe("written");
  expect(await wholeBlobs(container)).toEqual(before);
  await container.deleteBlob(name);
  expect(await readWholeBlob(container, name, bare(standing.etag))).toBeNull();
});

it("reads no content that is too large to be stored, and of an empty blob none at all", async () => {
  const asked: string[] = [];
  proxy.fate = ({ method, url = "" }) => {
    asked.push(`${method} ${url.includes("comp=list") ? "list" : "blob"}`);
    return "pass";
  };
  const { etag } = await upload("");
  const there = throughProxy();
  await readWholeBlob(there, name, bare(etag), { withTags: true });
  const large = await upload("x".repeat(64 * 1024 + 1));
  await expect(readWholeBlob(there, name, bare(large.etag))).rejects.toThrow("too large");
  expect(asked).toEqual(["GET list", "GET list"]);
});

describe("index tags that may not be read", () => {
  it.each([
    [403, "AuthorizationPermissionMismatch"],
    [409, "FeatureNotYetSupportedForHierarchicalNamespaceAccounts"],
  ])("are told, and the rest is read all the same (%d %s)", async (status, code) => {
    const { etag } = await upload("former", rich);
    proxy.fate = ({ url = "" }) => (/include=[^&]*tags/.test(url) ? { status, code } : "pass");
    const there = throughProxy();
    expect(await readWholeBlob(there, name, bare(etag), { withTags: true })).toMatchObject({
      base64: Buffer.from("former").toString("base64"),
      tier: "Cool",
      tags: null,
    });
    expect((await tagsFault(there, name))?.message).toContain(code);
    proxy.fate = () => "pass";
    expect(await tagsFault(there, name)).toBeNull();
  });

  it("are no reason to read nothing while the account is busy", async () => {
    const { etag } = await upload("former", rich);
    proxy.fate = ({ url = "" }) =>
      /include=[^&]*tags/.test(url) ? { status: 503, code: "ServerBusy" } : "pass";
    await expect(readWholeBlob(throughProxy(), name, bare(etag), { withTags: true })).rejects.toMatchObject({
      code: "azureThrottled",
    });
  });
});

function throughProxy(): ContainerClient {
  const port = new URL(storage.blobEndpoint).port;
  const connectionString = storage.connectionString.replaceAll(`:${port}`, `:${proxy.port}`);
  const service = BlobServiceClient.fromConnectionString(connectionString, { retryOptions: { maxTries: 1 } });
  return service.getContainerClient(container.containerName);
}
