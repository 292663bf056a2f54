import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";
import { makeCertificate } from "#lib/sandbox/certificate.ts";
import { type Calls, callsTo, resetAll } from "#tests/support/calls.ts";
import { type IdentityEndpoint, startIdentityEndpoint } from "#tests/support/proxies/identity-endpoint.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { startProcessors } from "#tests/support/worlds/live/live-world.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const tokensLiveSeconds = 6;
/** This is longer than the dashboard takes to renew a claim. */
const expireMs = 8_000;
const waiting = { timeout: 30_000, interval: 200 };
let folder: string;
let identity: IdentityEndpoint;
let storage: Azurite;
let world: LocalWorld;
let dashboard: TestDashboard;
let calls: Calls;
let startedAt: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-identity-"));
  const { tls: certificate, authority } = await makeCertificate();
  const authorityFile = join(folder, "authority.pem");
  await writeFile(authorityFile, authority);
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), authority]);
  [identity, storage] = await Promise.all([
    startIdentityEndpoint(tokensLiveSeconds),
    startAzurite({ tls: certificate }),
  ]);
  const hub = { name: "orders", partitionCount: 2, consumerGroups: ["billing", "live", "inspect"] };
  // The port for a namespace without a connection string.
  world = await startLocalWorld([hub], storage, { tls: certificate, tlsPort: 5671 });
  for (const partitionId of ["0", "1"]) {
    world.enqueue("orders", partitionId, 60);
    await world.checkpoint("orders", "billing", partitionId, 29);
  }
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      liveResets: { leastQuietSeconds: 1 },
      eventHubs: [
        {
          fullyQualifiedNamespace: "localhost",
          eventHubName: "orders",
          inspectionConsumerGroup: "inspect",
          ownershipExpirationSeconds: expireMs / 1000,
          checkpointStores: [{ containerUrl: `${storage.blobEndpoint}/${world.container.containerName}` }],
        },
      ],
    },
    { ...identity.env, NODE_EXTRA_CA_CERTS: authorityFile, TIDEMARK_READ_ONLY: "false" },
  );
  calls = callsTo(dashboard.url);
  startedAt = Date.now();
}, 120_000);
afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
  await storage?.stop();
  identity?.stop();
  await rm(folder, { recursive: true, force: true });
});

const group = (name: string) => `/api/v1/event-hubs/orders/consumer-groups/${name}`;

it("reads hubs and stores with the machine's own identity", async () => {
  await expect
    .poll(() => calls.get(group("billing")), waiting)
    .toMatchObject({ totalLag: 60, partitionsUnknown: 0 });
  const audiences = new Set(identity.given.map((resource) => resource.replace(/\/$/, "")));
  expect(audiences).toEqual(new Set(["https://eventhubs.azure.net", "https://storage.azure.com"]));
}, 120_000);

it("resets a stopped group", async () => {
  await resetAll(calls, "orders", "billing", { target: { kind: "sequenceNumber", value: 10 } });
  await expect.poll(async () => (await calls.get(group("billing"))).totalLag, waiting).toBe(100);
}, 120_000);

it("resets a running group", async () => {
  const processors = startProcessors(world, "live", 1, { expireMs, batch: 5, handlerMs: 100 });
  onTestFinished(() => processors.close());
  await expect.poll(async () => (await calls.get(group("live"))).totalLag, waiting).toBe(0);
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

it("has gone on from one token to the next all the while", async () => {
  // Each kind is asked for every few seconds, so several of each have ended by now.
  await expect
    .poll(
      () =>
        ["eventhubs", "storage"].map((kind) => identity.given.filter((to) => to.includes(kind)).length > 4),
      waiting,
    )
    .toEqual([true, true]);
  await expect.poll(() => Date.now() - startedAt, waiting).toBeGreaterThan(2 * tokensLiveSeconds * 1000);
  expect(dashboard.output()).not.toMatch(/ExpiredToken|azureUnauthorized|"level":"?(?:warn|error|40|50)/);
  expect(await calls.get("/api/v1/event-hubs/orders")).toMatchObject({ stale: false, error: null });
});

it("tells a refused token and its missing role, and goes on with the next one that is accepted", async () => {
  identity.mood = "elsewhere";
  const hub = () => calls.get("/api/v1/event-hubs/orders");
  await expect
    .poll(hub, waiting)
    .toMatchObject({ stale: true, error: { code: "azureUnauthorized" }, totalLag: expect.anything() });
  const failed = async () => {
    const { checks } = await calls.get("/api/v1/event-hubs/orders/diagnosis");
    return (checks as { id: string; state: string; remedy: { code: string } | null }[])
      .filter(({ state }) => state === "fail")
      .map(({ id, remedy }) => `${id.split("/")[0]} ${remedy?.code}`);
  };
  await expect
    .poll(failed, waiting)
    .toEqual(["propertiesRights grantReceiver", "listRights grantBlobReader"]);
  identity.mood = "give";
  await expect.poll(hub, waiting).toMatchObject({ stale: false, error: null });
}, 120_000);

it("says that there is no identity when its endpoint gives none", async () => {
  identity.mood = "away";
  await expect
    .poll(async () => (await calls.get("/api/v1/event-hubs/orders")).error, waiting)
    .toMatchObject({
      code: "azureUnauthorized",
      message: expect.stringContaining("No Azure identity was found"),
    });
}, 120_000);

it("keeps tokens and the endpoint's secret out of the log", () => {
  for (const secret of [identity.env.IDENTITY_HEADER, "eyJ"])
    expect(dashboard.output()).not.toContain(secret);
});
