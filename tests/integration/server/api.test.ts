import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { consumerGroupDetailSchema } from "#lib/api/consumer-group.ts";
import { errorBodySchema } from "#lib/api/errors.ts";
import { eventHubDetailSchema, eventHubsSchema } from "#lib/api/event-hub.ts";
import { activitySchema, historySchema, ownersSchema } from "#lib/api/history.ts";
import { overviewSchema, trendSchema } from "#lib/api/overview.ts";
import { snapshotEventSchema } from "#lib/api/stream.ts";
import { inEachEncoding } from "#tests/support/proxies/encodings.ts";
import { readEvents } from "#tests/support/server-sent-events.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

let world: LocalWorld;
let dashboard: TestDashboard;

beforeAll(async () => {
  world = await startLocalWorld([
    { name: "orders", partitionCount: 2, consumerGroups: ["billing"] },
    { name: "empty", partitionCount: 1 },
  ]);
  world.enqueue("orders", "0", 100);
  world.enqueue("orders", "1", 50);
  await world.checkpoint("orders", "Billing", "0", 89);
  await world.own("orders", "Billing", "0", "processor-a");
  dashboard = await startDashboard({
    refreshSeconds: 1,
    eventHubs: [
      world.hubConfig("orders", { consumerGroups: ["$Default"] }),
      world.hubConfig("empty"),
      world.hubConfig("nowhere", { id: "broken hub/1" }),
    ],
  });
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 10_000);
});

afterAll(async () => {
  const ended = await dashboard?.end();
  await world?.stop();
  expect(ended?.code).toBe(0);
});

async function get(path: string): Promise<unknown> {
  const response = await fetch(`${dashboard.url}${path}`);
  expect(response.status, path).toBe(200);
  return response.json();
}

async function refusal(path: string, init: RequestInit = {}) {
  const response = await fetch(`${dashboard.url}${path}`, init);
  const { error } = errorBodySchema.parse(await response.json());
  expect(response.headers.get("x-request-id")).toBe(error.requestId);
  return { status: response.status, ...error };
}

describe("the API", () => {
  it("tells whoever has an answer already that it is the same, and keeps it from other caches", async () => {
    // The figures never change, since the hub can't be read.
    const url = `${dashboard.url}/api/v1/event-hubs/${encodeURIComponent("broken hub/1")}`;
    const first = await fetch(url);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    for (const part of ["Cookie", "Authorization", "Accept-Encoding"])
      expect(first.headers.get("vary")).toContain(part);
    const again = await fetch(url, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("compresses what is made from snapshots, and the metrics, in the encoding that is asked for", async () => {
    for (const text of await inEachEncoding(`${dashboard.url}/api/v1/overview`))
      overviewSchema.parse(JSON.parse(text));
    for (const text of await inEachEncoding(`${dashboard.url}/metrics`))
      expect(text).toContain("\neventhubs_consumergroup_lag{");
  });

  it("lists the hubs, a broken one with its named error", async () => {
    const { eventHubs } = eventHubsSchema.parse(await get("/api/v1/event-hubs"));
    expect(eventHubs.map(({ id }) => id)).toEqual(["orders", "empty", "broken hub/1"]);
    expect(eventHubs[0]).toMatchObject({
      fullyQualifiedNamespace: "localhost",
      partitionCount: 2,
      totalLag: 10 + 50 + 150,
      totalLagIsUpperBound: true,
      countedLag: 10 + 50,
      groupsNotCounted: 1,
      stale: false,
      error: null,
    });
    expect(eventHubs[2]).toMatchObject({
      totalLag: null,
      partitionCount: null,
      error: { code: "eventHubNotFound" },
    });
  });

  it("tells a hub's partitions and groups", async () => {
    const hub = eventHubDetailSchema.parse(await get("/api/v1/event-hubs/orders"));
    expect(hub.partitions[1]).toMatchObject({
      partitionId: "1",
      beginningSequenceNumber: 0,
      lastEnqueuedSequenceNumber: 49,
      isEmpty: false,
    });
    expect(hub.consumerGroups.map(({ name }) => name)).toEqual(["$Default", "billing"]);
    expect(hub.status).toBe("unknown");
    expect(eventHubDetailSchema.parse(await get("/api/v1/event-hubs/broken%20hub%2F1")).partitions).toEqual(
      [],
    );
  });

  it("tells a group by its name in any casing, URL-encoded", async () => {
    const group = consumerGroupDetailSchema.parse(
      await get("/api/v1/event-hubs/orders/consumer-groups/BILLING?store=main"),
    );
    expect(group).toMatchObject({ totalLag: 60, ownedPartitions: 1, totalLagIsUpperBound: true });
    // One partition is read and the other has no checkpoint, so nothing is said of the whole.
    expect(group).toMatchObject({ status: "unknown", statusCause: "noCheckpoint", statusCausePartitions: 1 });
    expect(group.partitions[0]).toMatchObject({
      lag: 10,
      lagState: "ok",
      checkpoint: { sequenceNumber: 89, format: "common", blobName: "localhost/orders/billing/checkpoint/0" },
      owner: { ownerId: "processor-a", state: "active" },
    });
    expect(group.partitions[1]).toMatchObject({
      lag: 50,
      lagState: "noCheckpoint",
      checkpoint: null,
      owner: null,
    });
    const silent = consumerGroupDetailSchema.parse(
      await get("/api/v1/event-hubs/orders/consumer-groups/%24default"),
    );
    expect(silent).toMatchObject({ name: "$Default", status: "unknown", lastCheckpointAt: null });
  });

  it("serves everything the first page shows, and a group's trend", async () => {
    // One of two partitions has a checkpoint. The other has a bound, which is no part of a trend. A refresh
    // that does not count all partitions begins a trend only once three of them agree.
    const lastLag = async () => {
      const { trends } = overviewSchema.parse(await get("/api/v1/overview"));
      return trends.find(({ consumerGroup }) => consumerGroup === "billing")?.points.at(-1)?.lag;
    };
    await expect.poll(lastLag).toBe(10);
    const trend = trendSchema.parse(await get("/api/v1/event-hubs/orders/consumer-groups/billing/trend"));
    expect(trend.points.length).toBeGreaterThan(0);
  });

  it("serves a group's history, its owners and its activity", async () => {
    const ofGroup = "/api/v1/event-hubs/orders/consumer-groups/billing";
    const history = historySchema.parse(await get(`${ofGroup}/history?partition=0&points=60`));
    expect(history).toMatchObject({ stepSeconds: 60, error: null });
    expect(history.points.filter(({ lag }) => lag !== null).map(({ lag }) => lag)).toContain(10);
    const from = new Date(Date.now() - 86_400_000).toISOString();
    const owners = ownersSchema.parse(await get(`${ofGroup}/owners?from=${from}`));
    expect(owners.spans).toMatchObject([
      { partitionId: "0", ownerId: "processor-a", to: null, endedBy: null },
    ]);
    expect(activitySchema.parse(await get("/api/v1/activity?hub=orders"))).toEqual({ entries: [] });
  });

  it("answers 404 and the error body when something does not exist", async () => {
    for (const path of [
      "/api/v1/event-hubs/orders/consumer-groups/nobody/history",
      "/api/v1/event-hubs/orders/consumer-groups/billing/history?partition=2",
      "/api/v1/event-hubs/orders/consumer-groups/billing/owners?store=other",
      "/api/v1/event-hubs/elsewhere",
      "/api/v1/event-hubs/orders/consumer-groups/nobody",
      "/api/v1/event-hubs/orders/consumer-groups/billing?store=other",
      "/api/v1/event-hubs/orders/consumer-groups/%3Cscript%3E%00",
      "/api/v1/event-hubs/..%2F..%2Fetc",
      "/api/v1/nothing",
      "/api/v2",
      "/api/v1/stream?hub=elsewhere",
    ]) {
      expect(await refusal(path), path).toMatchObject({ status: 404, code: "notFound" });
    }
  });

  it("names what is wrong with bad input", async () => {
    expect(await refusal("/api/v1/stream?hubPartitions=perhaps")).toMatchObject({
      status: 400,
      message: expect.stringContaining("hubPartitions"),
    });
    const history = "/api/v1/event-hubs/orders/consumer-groups/billing/history";
    for (const [query, field] of [
      ["points=0", "points"],
      ["points=many", "points"],
      ["from=yesterday", "from"],
      ["from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from"],
    ]) {
      expect(await refusal(`${history}?${query}`), query).toMatchObject({
        status: 400,
        message: expect.stringContaining(String(field)),
      });
    }
    expect(await refusal("/api/v1/overview", { method: "DELETE" })).toMatchObject({ status: 405 });
  });

  it("describes itself", async () => {
    expect(await get("/api/v1/openapi.json")).toMatchObject({ openapi: "3.1.0" });
    expect(await get("/healthz")).toEqual({ status: "ok" });
  });
});

describe("the stream", () => {
  it("tells each hub at once and after each refresh, with the requested group's partitions", async () => {
    const events = await readEvents(`${dashboard.url}/api/v1/stream?hub=orders&group=billing`);
    onTestFinished(() => events.close());
    const first = snapshotEventSchema.parse(await events.next("snapshot"));
    expect(first).toMatchObject({ hub: "orders", group: "billing", store: "main" });
    expect(first.partitions?.map(({ lag }) => lag)).toEqual([10, 50]);
    world.enqueue("orders", "0", 5);
    await vi.waitFor(async () => {
      const { consumerGroups } = snapshotEventSchema.parse(await events.next("snapshot"));
      expect(consumerGroups.find(({ name }) => name === "billing")?.totalLag).toBe(65);
    }, 20_000);
  });

  it("tells only the changed partitions when that is asked for", async () => {
    const events = await readEvents(`${dashboard.url}/api/v1/stream?hub=orders&group=billing&changes=true`);
    onTestFinished(() => events.close());
    const next = async () => snapshotEventSchema.parse(await events.next("snapshot"));
    let last = await next();
    expect([last.full, last.partitions?.length]).toEqual([true, 2]);
    world.enqueue("orders", "1", 7);
    await vi.waitFor(async () => {
      const { full, id, after, partitions } = await next();
      expect([full, after]).toEqual([false, last.id]);
      last = { ...last, id };
      expect(partitions?.map(({ partitionId }) => partitionId)).toContain("1");
    }, 20_000);
  });
});

it("keeps nothing open for whoever asks only for a stream's head", async () => {
  for (let asked = 0; asked < 2_100; asked += 100) {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => fetch(`${dashboard.url}/api/v1/stream`, { method: "HEAD" })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  }
  const events = await readEvents(`${dashboard.url}/api/v1/stream?hub=orders`);
  onTestFinished(() => events.close());
  expect(await events.next("snapshot")).toMatchObject({ hub: "orders" });
  // 2,100 requests: the number of streams that may be open at a time, and some more.
}, 120_000);

describe("the shell around it", () => {
  const raw = (headers: Record<string, string>, method = "GET") =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(dashboard.url);
      request({ hostname, port, path: "/api/v1/event-hubs", method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on("error", reject)
        .end();
    });

  it("refuses a foreign Host, and another site's changes", async () => {
    expect(await raw({ host: "evil.example" })).toBe(403);
    expect(await raw({ host: "localhost:1" })).toBe(200);
    expect(await raw({ origin: "https://evil.example" }, "POST")).toBe(403);
    expect(await raw({ "sec-fetch-site": "cross-site" }, "POST")).toBe(403);
    expect(await raw({ "content-type": "text/plain" }, "POST")).toBe(400);
  });

  it("sends every page a policy with a nonce of its own", async () => {
    const [one, other] = await Promise.all([fetch(dashboard.url), fetch(dashboard.url)]);
    const policy = one.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("script-src 'self' 'unsafe-inline'");
    expect(other.headers.get("content-security-policy")).not.toBe(policy);
    const scripts = [...(await one.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(one.headers.get("x-powered-by")).toBeNull();
    expect(one.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("prints no secret anywhere", async () => {
    const key = /AccountKey=([^;]+)/.exec(world.azurite.connectionString)?.[1] ?? "missing";
    const texts = await Promise.all(
      ["/", "/api/v1/overview", "/api/v1/event-hubs/orders"].map(async (path) =>
        (await fetch(`${dashboard.url}${path}`)).text(),
      ),
    );
    expect([...texts, dashboard.output()].join("\n")).not.toContain(key);
    expect([...texts, dashboard.output()].join("\n")).not.toContain("SAS_KEY_VALUE");
  });
});
