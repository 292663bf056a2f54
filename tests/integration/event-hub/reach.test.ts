import http from "node:http";
import { type AddressInfo, createServer } from "node:net";
import tls from "node:tls";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import { tryWays } from "#lib/event-hub/reach.ts";
import { makeCertificate } from "#lib/sandbox/certificate.ts";
import { type LocalEventHubs, startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { freePort } from "#tests/support/free-port.ts";
import { startForwardProxy } from "#tests/support/proxies/forward-proxy.ts";

const limitMs = 1_500;
let eventHubs: LocalEventHubs;
let strange: LocalEventHubs;

beforeAll(async () => {
  const [known, unknown] = await Promise.all([makeCertificate(["contoso.example"]), makeCertificate()]);
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), known.authority]);
  const start = (certificate: { key: string; cert: string }) =>
    startLocalEventHubs({
      eventHubs: [{ name: "orders", partitionCount: 1 }],
      tls: certificate,
      webSocketPort: 0,
    });
  [eventHubs, strange] = await Promise.all([start(known.tls), start(unknown.tls)]);
});
afterAll(() => Promise.all([eventHubs?.stop(), strange?.stop()]));

const portsOf = ({ tlsPort, webSocketPort }: LocalEventHubs) => ({
  host: "localhost",
  amqpPort: tlsPort ?? 0,
  webSocketPort: webSocketPort ?? 0,
});

async function throughProxy(hosts: Record<string, number>, change = (url: string) => url) {
  const proxy = await startForwardProxy({ user: "u", password: "right", hosts });
  onTestFinished(() => proxy.stop());
  onTestFinished(http.setGlobalProxyFromEnv({ HTTPS_PROXY: change(proxy.url), NODE_ENV: "test" }));
}

it("finds both ways open", async () => {
  expect(await tryWays(portsOf(eventHubs), limitMs)).toMatchObject({
    amqp: { answer: "open", code: null },
    webSockets: { answer: "open", code: null },
  });
});

it("tells certificates that are refused", async () => {
  expect(await tryWays(portsOf(strange), limitMs)).toMatchObject({
    amqp: { answer: "certificate", code: expect.stringContaining("CERT") },
    webSockets: { answer: "certificate", code: expect.stringContaining("CERT") },
  });
});

it("tells a closed port from one that answers nothing", async () => {
  const silent = createServer((socket) => socket.on("error", () => {}));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo;
  const closedPort = await freePort();
  const seen = await tryWays({ host: "127.0.0.1", amqpPort: port, webSocketPort: closedPort }, limitMs);
  silent.close();
  expect(seen).toEqual({
    amqp: { port, answer: "silent", code: null },
    webSockets: { port: closedPort, answer: "closed", code: "ECONNREFUSED" },
  });
});

it("tells a name that nobody knows", async () => {
  const seen = await tryWays({ host: "nowhere.invalid", amqpPort: 5671, webSocketPort: 443 }, 10_000);
  expect(seen).toMatchObject({ amqp: { answer: "nameUnknown" }, webSockets: { answer: "nameUnknown" } });
}, 20_000);

it("probes once after reading has failed, through the proxy, and forgets the result with the next answer", async () => {
  await throughProxy({ "contoso.example:443": eventHubs.webSocketPort ?? 0 });
  const connectionString = eventHubs.connectionString
    .replace(/localhost:\d+/, "contoso.example")
    .replace("UseDevelopmentEmulator=true", "");
  const options = { eventHubName: "orders", connectionString, timeoutMs: 2_000 };
  const reader = createHubReader(options);
  expect(reader.reach()).toBeNull();
  await expect(reader.read()).rejects.toMatchObject({ code: "azureUnreachable" });
  await expect
    .poll(() => reader.reach())
    .toMatchObject({ amqp: { answer: "nameUnknown" }, webSockets: { answer: "open", port: 443 } });
  await reader.close();
  const offered = createHubReader({ ...options, transport: "webSockets" });
  expect((await offered.read()).partitions).toHaveLength(1);
  expect(offered.reach()).toBeNull();
  await offered.close();
});

it("tells the proxy's refusal", async () => {
  await throughProxy({}, (url) => url.replace("right", "wrong"));
  expect(await tryWays({ ...portsOf(eventHubs), webSocketPort: 443 }, limitMs)).toMatchObject({
    amqp: { answer: "open" },
    webSockets: { answer: "closed", code: "407" },
  });
});
