import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";
import { makeCertificate } from "#lib/sandbox/certificate.ts";
import { makeToken } from "#lib/server/access/api-tokens.ts";
import { type Calls, callsTo, resetAll } from "#tests/support/calls.ts";
import { freePort } from "#tests/support/free-port.ts";
import { type Entra, startEntra } from "#tests/support/proxies/entra.ts";
import { type ForwardProxy, startForwardProxy } from "#tests/support/proxies/forward-proxy.ts";
import { FormBrowser, startIssuer, type TestIssuer, testClient } from "#tests/support/proxies/issuer.ts";
import { type LocalResourceManager, startResourceManager } from "#tests/support/proxies/resource-manager.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { startProcessors } from "#tests/support/worlds/live/live-world.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const names = {
  eventHubs: "contoso.servicebus.windows.net",
  storage: "contoso.blob.core.windows.net",
  entra: "login.microsoftonline.com",
  manager: "management.azure.com",
  issuer: "issuer.example",
  hooks: "hooks.example",
  collector: "collector.example",
};
const password = "p@ss/word of the proxy";
const tenantId = "00000000-0000-0000-0000-0000000000bb";
const clientId = "00000000-0000-0000-0000-0000000000aa";
const subscriptionId = "00000000-0000-4000-8000-0000000000dd";
const expireMs = 8_000;
const waiting = { timeout: 30_000, interval: 200 };
const admin = makeToken();
const authorization = { authorization: `Bearer ${admin.token}` };

let folder: string;
let storage: Azurite;
let world: LocalWorld;
let entra: Entra;
let manager: LocalResourceManager;
let issuer: TestIssuer;
let proxy: ForwardProxy;
let dashboard: TestDashboard;
let calls: Calls;
const taken: string[] = [];
let receiver: ReturnType<typeof createServer>;

/**
 * A machine that knows no outside names. The proxy reaches everything, and the company signs the
 * certificates.
 */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-company-"));
  const { tls: certificate, authority } = await makeCertificate(Object.values(names));
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), authority]);
  await writeFile(join(folder, "authority.pem"), authority);
  await writeFile(join(folder, "federated-token"), "signed by the cluster");
  receiver = createServer(certificate, (request, response) => {
    taken.push(request.url ?? "");
    request.resume().on("end", () => response.end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const identity = { tenantId, clientId, assertion: "signed by the cluster", lifeSeconds: 6 };
  const managed = {
    subscriptionId,
    resourceGroup: "data",
    namespaceName: "contoso",
    eventHubs: { orders: ["live", "listed"] },
  };
  [storage, entra, manager, issuer] = await Promise.all([
    startAzurite({ tls: certificate, account: "contoso" }),
    startEntra({ tls: certificate, ...identity }),
    startResourceManager({ ...managed, tls: certificate, letsIn: (token) => token.startsWith("eyJ") }),
    startIssuer(publicUrl, { url: `https://${names.issuer}`, tls: certificate }),
  ]);
  const hub = { name: "orders", partitionCount: 2, consumerGroups: ["live", "inspect"] };
  world = await startLocalWorld([hub], storage, { tls: certificate, webSocketPort: 0 });
  for (const partitionId of ["0", "1"]) world.enqueue("orders", partitionId, 60);
  const { port: receiving } = receiver.address() as AddressInfo;
  proxy = await startForwardProxy({
    user: "tidemark",
    password,
    hosts: {
      [`${names.eventHubs}:443`]: world.eventHubs.webSocketPort ?? 0,
      [`${names.storage}:443`]: storage.port,
      [`${names.entra}:443`]: entra.port,
      [`${names.manager}:443`]: Number(new URL(manager.url).port),
      [`${names.issuer}:443`]: issuer.port,
      [`${names.hooks}:443`]: receiving,
      [`${names.collector}:4318`]: receiving,
    },
  });
  http.setGlobalProxyFromEnv({ HTTPS_PROXY: proxy.url, NO_PROXY: "127.0.0.1,localhost", NODE_ENV: "test" });
  const token = { name: "admin", sha256: admin.sha256, role: "admin", expiresAt: "2100-01-01T00:00:00Z" };
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      liveResets: { leastQuietSeconds: 1 },
      access: { tokens: [token] },
      alerts: { channels: [{ id: "hook", kind: "webhook", url: `https://${names.hooks}/alert` }] },
      eventHubs: [
        {
          fullyQualifiedNamespace: names.eventHubs,
          eventHubName: "orders",
          transport: "webSockets",
          inspectionConsumerGroup: "inspect",
          ownershipExpirationSeconds: expireMs / 1000,
          subscriptionId,
          resourceGroup: "data",
          checkpointStores: [{ containerUrl: `https://${names.storage}/${world.container.containerName}` }],
        },
      ],
    },
    {
      PORT: String(port),
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: join(folder, "authority.pem"),
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientId,
      AZURE_FEDERATED_TOKEN_FILE: join(folder, "federated-token"),
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `https://${names.collector}:4318/v1/metrics`,
      OTEL_METRIC_EXPORT_INTERVAL: "1000",
      OTEL_METRIC_EXPORT_TIMEOUT: "900",
      TIDEMARK_AUTH: "oidc",
      TIDEMARK_PUBLIC_URL: publicUrl,
      TIDEMARK_OIDC_ISSUER: issuer.url,
      TIDEMARK_OIDC_CLIENT_ID: testClient.id,
      TIDEMARK_OIDC_CLIENT_SECRET: testClient.secret,
      TIDEMARK_SESSION_SECRET: "a secret for sessions that has its length",
      TIDEMARK_READ_ONLY: "false",
      TIDEMARK_LOG_LEVEL: "trace",
    },
  );
  calls = callsTo(dashboard.url, authorization);
}, 120_000);
afterAll(async () => {
  await dashboard?.end();
  await proxy?.stop();
  await world?.stop();
  await Promise.all([storage?.stop(), manager?.stop()]);
  entra?.stop();
  issuer?.stop();
  receiver?.close();
  await rm(folder, { recursive: true, force: true });
});

it("reads hub, store and Azure Resource Manager with a workload identity", async () => {
  await expect
    .poll(() => calls.get("/api/v1/event-hubs/orders"), waiting)
    .toMatchObject({
      partitionCount: 2,
      error: null,
      consumerGroups: [{ name: "listed" }, { name: "live" }],
    });
  expect(new Set(entra.given.map((scope) => new URL(scope).host))).toEqual(
    new Set(["eventhubs.azure.net", "storage.azure.com", names.manager]),
  );
});

it("resets a running group over WebSockets", async () => {
  const connectionString = world.eventHubs.connectionString
    .replace(/localhost:\d+/, names.eventHubs)
    .replace("UseDevelopmentEmulator=true", "");
  const processors = startProcessors(world, "live", 1, {
    expireMs,
    batch: 5,
    handlerMs: 100,
    transport: "webSockets",
    eventHubsConnectionString: connectionString,
  });
  onTestFinished(() => processors.close());
  const group = "/api/v1/event-hubs/orders/consumer-groups/live";
  await expect.poll(async () => (await calls.get(group)).totalLag, waiting).toBe(0);
  const before = processors.reads.length;
  await resetAll(calls, "orders", "live", {
    target: { kind: "sequenceNumber", value: 40 },
    mode: "live",
    handlerSeconds: 1,
  });
  const first = (id: string) =>
    processors.reads.slice(before).find(({ partitionId }) => partitionId === id)?.first;
  expect([first("0"), first("1")]).toEqual([40, 40]);
}, 120_000);

it("sends alerts and metrics, and signs people in", async () => {
  await calls.post("/api/v1/alert-channels/hook/test", {});
  await expect.poll(() => [...new Set(taken)].sort(), waiting).toEqual(["/alert", "/v1/metrics"]);
  const browser = new FormBrowser();
  const { url, text } = await browser.signIn(`${dashboard.url}/sign-in?return=/event-hubs/orders`, "admin");
  expect(url).toBe(`${dashboard.url}/event-hubs/orders`);
  expect(text).toContain("orders");
});

it("used the proxy for all of it, and tells its password to nobody", async () => {
  // The test's browser goes to the issuer, too, so that part is not the dashboard's.
  const hosts = new Set(proxy.seen().map((line) => line.replace("CONNECT ", "")));
  expect([...hosts].sort()).toEqual(
    Object.values(names)
      .map((name) => `${name}:${name === names.collector ? 4318 : 443}`)
      .sort(),
  );
  const told = [
    "/metrics",
    "/api/v1/event-hubs/orders/diagnosis",
    "/api/v1/alerts",
    "/api/v1/configuration",
    "/",
  ];
  const texts = await Promise.all(
    told.map(async (path) => (await fetch(dashboard.url + path, { headers: authorization })).text()),
  );
  const all = [dashboard.output(), ...texts].join();
  expect(all).toContain("Requests go through a proxy.");
  const basic = Buffer.from(`tidemark:${password}`).toString("base64");
  for (const form of [password, encodeURIComponent(password), basic, "signed by the cluster", "eyJ"]) {
    expect(all).not.toContain(form);
  }
});
