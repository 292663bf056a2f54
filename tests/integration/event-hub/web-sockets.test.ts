import http from "node:http";
import { createServer, type Server } from "node:net";
import tls from "node:tls";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { AppError } from "#lib/core/app-error.ts";
import { createEventReader } from "#lib/event-hub/event-reader.ts";
import { openFence } from "#lib/event-hub/fence.ts";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import { makeCertificate } from "#lib/sandbox/certificate.ts";
import { type LocalEventHubs, startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { startForwardProxy } from "#tests/support/proxies/forward-proxy.ts";

const eventHubName = "orders";
let eventHubs: LocalEventHubs;
let connection: { eventHubName: string; connectionString: string; transport: "webSockets" };

const stringFor = (port: number) =>
  eventHubs.connectionString
    .replace(/localhost:\d+/, `localhost:${port}`)
    .replace("UseDevelopmentEmulator=true", "");

beforeAll(async () => {
  const { tls: certificate, authority } = await makeCertificate();
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), authority]);
  eventHubs = await startLocalEventHubs({
    eventHubs: [{ name: eventHubName, partitionCount: 4, consumerGroups: ["billing"] }],
    tls: certificate,
    webSocketPort: 0,
  });
  eventHubs.append(eventHubName, "0", [{ body: "a" }, { body: "b" }, { body: "c" }]);
  const connectionString = stringFor(eventHubs.webSocketPort ?? 0);
  connection = { eventHubName, connectionString, transport: "webSockets" };
});
afterAll(() => eventHubs?.stop());

it("reads a hub's and its partitions' properties", async () => {
  const reader = createHubReader(connection);
  const { partitions } = await reader.read();
  expect(partitions.map(({ properties }) => properties?.lastEnqueuedSequenceNumber)).toEqual([2, -1, -1, -1]);
  await reader.close();
});

it("reads an event", async () => {
  const reader = createEventReader(connection);
  expect(await reader.firstEvent("billing", "0", { sequenceNumber: 1 })).toMatchObject({ sequenceNumber: 1 });
  await reader.close();
});

it("attaches the fence of a live reset, and lets go of it", async () => {
  const answer = await openFence(connection, {
    consumerGroup: "billing",
    partitionId: "0",
    ownerLevel: 1,
    lastSequenceNumber: 2,
  });
  if (answer.answer !== "attached") throw new Error(answer.answer);
  expect(await answer.fence.streamEnd()).toBe(2);
  expect(eventHubs.readers(eventHubName, "billing", "0")).toBe(1);
  expect(await answer.fence.close()).toBe(true);
  expect(eventHubs.readers(eventHubName, "billing", "0")).toBe(0);
});

it("tells a namespace that can't be reached", async () => {
  const reader = createHubReader({ ...connection, connectionString: stringFor(1), timeoutMs: 4_000 });
  await expect(reader.read()).rejects.toMatchObject({ code: "azureUnreachable", retryable: true });
  await reader.close();
});

it("goes through the proxy, and tells one that refuses, without its password", async () => {
  const proxy = await startForwardProxy({ user: "u", password: "right" });
  onTestFinished(() => proxy.stop());
  const restore = http.setGlobalProxyFromEnv({ HTTPS_PROXY: proxy.url, NODE_ENV: "test" });
  onTestFinished(restore);
  const reader = createHubReader(connection);
  expect((await reader.read()).partitions).toHaveLength(4);
  await reader.close();
  expect(proxy.seen()).toEqual([`CONNECT localhost:${eventHubs.webSocketPort}`]);
  restore();
  onTestFinished(
    http.setGlobalProxyFromEnv({ HTTPS_PROXY: proxy.url.replace("right", "wrong"), NODE_ENV: "test" }),
  );
  const refused = createHubReader({ ...connection, timeoutMs: 4_000 });
  const error = await refused.read().catch((cause: unknown) => cause as AppError);
  expect(String(error)).toContain("407");
  expect(error).toMatchObject({ code: "azureUnreachable" });
  expect(String(error)).not.toContain("wrong");
  await refused.close();
});

it("tells a certificate that is for another name", async () => {
  const port = eventHubs.webSocketPort ?? 0;
  const proxy = await startForwardProxy({ user: "u", password: "p", hosts: { "contoso.example:443": port } });
  onTestFinished(() => proxy.stop());
  onTestFinished(http.setGlobalProxyFromEnv({ HTTPS_PROXY: proxy.url, NODE_ENV: "test" }));
  const connectionString = stringFor(443).replace("localhost:443", "contoso.example");
  const reader = createHubReader({ ...connection, connectionString, timeoutMs: 4_000 });
  await expect(reader.read()).rejects.toMatchObject({
    code: "azureUnreachable",
    message: expect.stringContaining("the certificate of contoso.example was refused"),
  });
  await reader.close();
});

it("lets go of a connection when the other end is silent", async () => {
  const open = new Set<unknown>();
  const silent: Server = createServer((socket) => {
    open.add(socket);
    socket.resume().on("error", () => {});
    socket.on("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => silent.listen(0, "localhost", resolve));
  const address = silent.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const reader = createHubReader({ ...connection, connectionString: stringFor(port), timeoutMs: 1_000 });
  await expect(reader.read()).rejects.toMatchObject({ code: "azureTimeout" });
  await reader.close();
  await expect.poll(() => open.size, { timeout: 10_000 }).toBe(0);
  silent.close();
});
