import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { alertsSchema, channelKinds } from "#lib/api/alerts.ts";
import type { Operation } from "#lib/api/operations/operation.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { makeToken } from "#lib/server/access/api-tokens.ts";
import { createPostgresDatabase, onPostgres } from "#tests/support/fixtures/history.ts";
import { Planted } from "#tests/support/fixtures/planted.ts";
import { pageTable, requests } from "#tests/support/fixtures/route-table.ts";
import { type LyingIssuer, startLyingIssuer } from "#tests/support/proxies/lying-issuer.ts";
import { Visitor } from "#tests/support/visitor.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const publicUrl = "http://127.0.0.1:3000";
const planted = new Planted();
const admin = makeToken();
const token = planted.plant("apiToken", () => admin.token);

let world: LocalWorld;
let issuer: LyingIssuer;
let database: Awaited<ReturnType<typeof createPostgresDatabase>>;
let dashboard: TestDashboard;

function hubs(): object[] {
  const { eventHubs, azurite } = world;
  const keyed = (text: string, name: string) =>
    text.replace(/SharedAccessKey=[^;]*/, `SharedAccessKey=${planted.plant(name)}`);
  const wrongKey = azurite.connectionString.replace(
    /AccountKey=[^;]*/,
    `AccountKey=${planted.plant("storageKey", base64)}`,
  );
  const signed = `SharedAccessSignature=sv=2024-11-04&ss=b&srt=sco&sp=rl&sig=${encodeURIComponent(planted.plant("storageSas", base64))}`;
  const blobEndpoint = /BlobEndpoint=[^;]*/.exec(azurite.connectionString)?.[0] ?? "";
  const stores = [
    { id: "refused", connectionString: wrongKey, container: "elsewhere" },
    { id: "signed", connectionString: `${blobEndpoint};${signed}`, container: "other" },
  ];
  const unreachable =
    "Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true";
  return [
    world.hubConfig("orders", {
      consumerGroups: ["billing"],
      connectionString: keyed(eventHubs.connectionString, "hubKey"),
    }),
    world.hubConfig("orders", {
      id: "gone",
      connectionString: keyed(unreachable, "goneHubKey"),
      namespaceAliases: [],
    }),
    world.hubConfig("orders", { id: "refused", checkpointStores: stores }),
  ];
}

const user = `user_${randomUUID().replaceAll("-", "")}`;

async function asOwnUser(text: string): Promise<string> {
  const url = new URL(text);
  url.username = user;
  url.password = planted.plant("databasePassword");
  await onPostgres(`create role ${user} login password '${decodeURIComponent(url.password)}'`);
  await onPostgres(`alter database ${url.pathname.slice(1)} owner to ${user}`);
  return url.href;
}

async function changePassword(): Promise<void> {
  await onPostgres(`alter role ${user} password 'another'`);
  await onPostgres(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${user}'`);
}

beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 1, consumerGroups: ["billing"] }]);
  world.enqueue("orders", "0", 3);
  issuer = await startLyingIssuer("tidemark");
  database = await createPostgresDatabase();
  const url = await asOwnUser(database.url);
  const channels = ["webhook", "slack", "teams"].map((kind) => ({
    id: kind,
    kind,
    url: `http://127.0.0.1:1/${planted.plant(`${kind}Url`)}?key=${planted.plant(`${kind}Query`, encodeURIComponent)}`,
    ...(kind === "webhook" && { secret: planted.plant("webhookSecret") }),
  }));
  const url1 = "http://127.0.0.1:1";
  const services = [
    { id: "pagerduty", kind: "pagerduty", url: url1, routingKey: planted.plant("routingKey") },
    { id: "opsgenie", kind: "opsgenie", url: url1, apiKey: planted.plant("opsgenieKey") },
    {
      id: "email",
      kind: "email",
      host: "127.0.0.1",
      port: 1,
      user: "tidemark",
      password: planted.plant("mailPassword"),
      from: "alerts@contoso.example",
      to: ["ops@contoso.example"],
    },
  ];
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      eventHubs: hubs(),
      alerts: { channels: [...channels, ...services] },
      access: {
        tokens: [{ name: "admin", sha256: admin.sha256, role: "admin", expiresAt: "2100-01-01T00:00:00Z" }],
      },
    },
    {
      DATABASE_URL: url,
      TIDEMARK_READ_ONLY: "false",
      TIDEMARK_LOG_LEVEL: "trace",
      TIDEMARK_AUTH: "oidc",
      TIDEMARK_PUBLIC_URL: publicUrl,
      TIDEMARK_OIDC_ISSUER: issuer.url,
      TIDEMARK_OIDC_CLIENT_ID: "tidemark",
      TIDEMARK_OIDC_CLIENT_SECRET: planted.plant("clientSecret"),
      TIDEMARK_SESSION_SECRET: planted.plant("sessionSecret"),
      TIDEMARK_PROXY_SECRET: planted.plant("proxySecret"),
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://127.0.0.1:1/v1/metrics",
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${planted.plant("otlpHeader", encodeURIComponent)}`,
      OTEL_METRIC_EXPORT_INTERVAL: "500",
      OTEL_METRIC_EXPORT_TIMEOUT: "400",
    },
  );
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 20_000);
}, 120_000);

afterAll(async () => {
  await dashboard?.end();
  issuer?.stop();
  await world?.stop();
  await database?.drop();
  await onPostgres(`drop role if exists ${user}`);
});

async function givenAway(path: string, init: RequestInit = {}): Promise<{ found: string[]; text: string }> {
  const leaving = new AbortController();
  const response = await fetch(dashboard.url + path, { redirect: "manual", signal: leaving.signal, ...init });
  let text = JSON.stringify([...response.headers]);
  const decoder = new TextDecoder();
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (isStream && text.split("event: snapshot").length > 3) break;
  }
  leaving.abort();
  return { found: planted.foundIn(text), text };
}

const hubIds = ["orders", "gone", "refused"];
const placed = (path: string, hub: string) =>
  path.replaceAll(/[{[](\w+)[}\]]/g, (_, name: string) => {
    const values: Record<string, string> = { hub, group: "billing", partitionId: "0", channel: "webhook" };
    return values[name] ?? "none";
  });

it("failed alerts are told without their secrets", async () => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  for (const kind of channelKinds) {
    const path = `/api/v1/alert-channels/${kind}/test`;
    const { found, text } = await givenAway(path, { method: "POST", headers });
    expect([found, text.includes("error")]).toEqual([[], false]);
  }
  await vi.waitFor(async () => {
    const text = await (await fetch(`${dashboard.url}/api/v1/alerts`, { headers })).text();
    expect(planted.foundIn(text)).toEqual([]);
    const failed = alertsSchema.parse(JSON.parse(text)).deliveries.filter(({ error }) => error !== null);
    expect(new Set(failed.map(({ channel }) => channel)).size).toBe(channelKinds.length);
  }, 10_000);
  await changePassword();
});

it("no answer of any route holds a secret, whatever of Azure and of the database fails", async () => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const failures = new Set<string>();
  for (const operation of Object.values<Operation>(operations)) {
    const { query = "", body } = requests[operation.id as keyof typeof operations] ?? {};
    for (const hub of operation.path.includes("{hub}") ? hubIds : ["orders"]) {
      const path = placed(operation.path, hub) + (operation.id === "getStream" ? "" : query);
      const { found, text } = await givenAway(path, {
        method: operation.method.toUpperCase(),
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
      expect([path, found]).toEqual([path, []]);
      for (const code of ["azureUnreachable", "azureUnauthorized", "historyUnavailable"]) {
        if (text.includes(`"${code}"`)) failures.add(code);
      }
    }
  }
  expect([...failures].sort()).toEqual(["azureUnauthorized", "azureUnreachable", "historyUnavailable"]);
});

it("no page holds a secret, for those inside and for those outside", async () => {
  for (const path of Object.keys(pageTable)) {
    for (const hub of path.includes("[hub]") ? hubIds : ["orders"]) {
      const address = placed(path, hub);
      for (const headers of [{ authorization: `Bearer ${token}` }, { accept: "text/html" }]) {
        expect([address, (await givenAway(address, { headers })).found]).toEqual([address, []]);
      }
    }
  }
});

it("neither does a failed sign-in, nor an answer to an invalid token", async () => {
  issuer.lie({ signed: "byAnother" });
  const visitor = new Visitor(dashboard.url);
  const underway = await visitor.begin();
  const failed = await visitor.finish({
    ...underway,
    callback: underway.callback.replace(publicUrl, dashboard.url),
  });
  expect(failed.status).toBe(401);
  expect(planted.foundIn(failed.text + JSON.stringify([...failed.headers]))).toEqual([]);
  const near = planted.plant("nearToken", () => makeToken().token);
  for (const headers of [
    { authorization: `Bearer ${near}` },
    { authorization: near },
    { cookie: `a=${near}` },
  ]) {
    const { found, text } = await givenAway("/api/v1/me", { headers });
    expect([found, text.includes("unauthenticated")]).toEqual([[], true]);
  }
});

it("the log tells what failed, and no secret", async () => {
  await vi.waitFor(() => {
    for (const told of ["azureUnreachable", "azureUnauthorized", "password", "A sign-in failed"]) {
      expect(dashboard.output()).toContain(told);
    }
  }, 10_000);
  expect(planted.foundIn(dashboard.output())).toEqual([]);
});
