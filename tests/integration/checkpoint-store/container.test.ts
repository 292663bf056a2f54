import { createServer, type Server } from "node:net";
import { inspect } from "node:util";
import { ContainerSASPermissions } from "@azure/storage-blob";
import { afterEach, expect, it } from "vitest";
import { openContainer } from "#lib/checkpoint-store/container.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import type { AppError } from "#lib/core/app-error.ts";
import { azuriteForThisFile, putBlob } from "#tests/support/azurite.ts";

const storage = azuriteForThisFile();
const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };
const secret = Buffer.from("not the account's key").toString("base64");

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function silentPort(): Promise<number> {
  const server = createServer((socket) => socket.on("error", () => undefined).resume());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const accountOn = (port: number, key = secret) =>
  `DefaultEndpointsProtocol=http;AccountName=account;AccountKey=${key};BlobEndpoint=http://127.0.0.1:${port}/account;`;

async function failureOf(
  connectionString: string,
  container: string,
  timeoutSeconds?: number,
): Promise<AppError> {
  const reader = createStoreReader(openContainer({ connectionString, container }), {
    ...hub,
    timeoutSeconds,
  });
  return reader.read().then(
    () => Promise.reject(new Error("it did not fail")),
    (error: AppError) => error,
  );
}

it("opens a container by a connection string, and by an address with a signature", async () => {
  const created = await storage.newContainer();
  await putBlob(created, "contoso.servicebus.windows.net/orders/g/checkpoint/0", { sequencenumber: "1" });
  const { connectionString } = storage;
  const byKey = openContainer({ connectionString, container: created.containerName });
  const permissions = ContainerSASPermissions.parse("rl");
  const containerUrl = await created.generateSasUrl({
    permissions,
    expiresOn: new Date(Date.now() + 60_000),
  });
  for (const container of [byKey, openContainer({ containerUrl })]) {
    expect((await createStoreReader(container, hub).read()).groups.size).toBe(1);
  }
});

it("names a missing container and what to do", async () => {
  const error = await failureOf(storage.connectionString, "missing");
  expect(error.code).toBe("containerNotFound");
  expect(error.message).toMatch(/"missing".*ContainerNotFound.*Create the container/);
});

it("tells a wrong key without repeating it", async () => {
  const connectionString = storage.connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${secret}`);
  const error = await failureOf(connectionString, "checkpoints");
  expect(error).toMatchObject({ code: "azureUnauthorized", retryable: false });
  expect(inspect(error, { depth: 10 })).not.toContain(secret);
});

it("tells a signature that lacks a right without repeating it", async () => {
  const created = await storage.newContainer();
  const permissions = ContainerSASPermissions.parse("r");
  const containerUrl = await created.generateSasUrl({
    permissions,
    expiresOn: new Date(Date.now() + 60_000),
  });
  const signature = new URL(containerUrl).searchParams.get("sig") ?? "no signature";
  const reading = createStoreReader(openContainer({ containerUrl }), hub).read();
  const error = await reading.catch((cause: unknown) => cause as AppError);
  expect(error).toMatchObject({
    code: "azureUnauthorized",
    message: expect.stringContaining("Make a signature with the permissions Read and List"),
  });
  const printed = inspect(error, { depth: 10 }) + JSON.stringify([error, (error as AppError).cause]);
  expect(printed).not.toContain(signature);
  expect(printed).not.toContain(encodeURIComponent(signature));
});

it("says that an identity's token is not sent to an http address", async () => {
  const credential = {
    getToken: async () => ({ token: secret, expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const { url } = await storage.newContainer();
  const reading = createStoreReader(openContainer({ containerUrl: url, credential }), hub).read();
  const error = await reading.catch((cause: unknown) => cause as AppError);
  expect(error).toMatchObject({
    message: expect.stringContaining("only over https, and this address is http"),
  });
});

it("reads with a connection string that has parts left out or written differently", async () => {
  const created = await storage.newContainer();
  const [, accountKey] = /AccountKey=([^;]+)/.exec(storage.connectionString) ?? [];
  const [, endpoint] = /BlobEndpoint=([^;]+)/.exec(storage.connectionString) ?? [];
  const connectionString = `" blobendpoint = ${endpoint}/ ; accountkey=${accountKey} "\n`;
  const container = openContainer({ connectionString, container: created.containerName });
  expect((await createStoreReader(container, hub).read()).groups.size).toBe(0);
  const signed = await created.generateSasUrl({
    permissions: ContainerSASPermissions.parse("rl"),
    expiresOn: new Date(Date.now() + 60_000),
  });
  const bySignature = `BlobEndpoint=${endpoint};SharedAccessSignature=${new URL(signed).search}`;
  const signedIn = openContainer({ connectionString: bySignature, container: created.containerName });
  expect((await createStoreReader(signedIn, hub).read()).groups.size).toBe(0);
});

it("surveys trees of namespaces named by a port or one word", async () => {
  const created = await storage.newContainer();
  for (const namespace of ["localhost:5671", "contoso.servicebus.windows.net:5671", "eventhubs-emulator"]) {
    await putBlob(created, `${namespace}/orders/billing/ownership/0`, { ownerid: "a" });
  }
  await putBlob(created, "reports/2026/january/totals/0", { ownerid: "a" });
  const { survey } = await createStoreReader(created, hub).read();
  expect(survey?.trees.map(({ namespace, eventHubName }) => `${namespace}/${eventHubName}`).sort()).toEqual([
    "contoso.servicebus.windows.net:5671/orders",
    "eventhubs-emulator/orders",
    "localhost:5671/orders",
  ]);
});

it("soon gives up on an account that can't be reached", async () => {
  const port = await silentPort();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  const startedAt = performance.now();
  const error = await failureOf(accountOn(port), "checkpoints");
  expect(error).toMatchObject({ code: "azureUnreachable", retryable: true });
  expect(error.message).toContain("ECONNREFUSED");
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

it("gives up on an account that never answers", async () => {
  const error = await failureOf(accountOn(await silentPort()), "checkpoints", 0.3);
  expect(error).toMatchObject({ code: "azureTimeout", retryable: true });
});

it.each([
  "nonsense",
  "BlobEndpoint=http://127.0.0.1:10000",
  `DefaultEndpointsProtocol=ftp;AccountName=a;AccountKey=${secret}`,
])("refuses the connection string %# without repeating it", (connectionString) => {
  let failure: unknown;
  try {
    openContainer({ connectionString, container: "checkpoints" });
  } catch (error) {
    failure = error;
  }
  expect(failure).toMatchObject({ code: "invalidRequest" });
  expect(inspect(failure, { depth: 10 })).not.toContain(secret);
});
