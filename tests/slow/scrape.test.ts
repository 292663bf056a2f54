import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { consumerGroupDetailSchema } from "#lib/api/consumer-group.ts";
import { createDashboard } from "#lib/server/dashboard.ts";
import { valuesOf } from "#tests/support/exposition.ts";
import { newFolder, newPostgresDatabase } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { itWithPromtool, promtool } from "#tests/support/promtool.ts";
import { startCountingProxy } from "#tests/support/proxies/counting-proxy.ts";
import { startCollector } from "#tests/support/proxies/otlp-collector.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const waiting = { timeout: 20_000, interval: 50 };
const lagSum = "eventhubs_consumergroup_lag_sum";

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 2, consumerGroups: ["billing"] }]);
  world.enqueue("orders", "0", 100);
  world.enqueue("orders", "1", 50);
  await world.checkpoint("orders", "billing", "0", 89);
  await world.own("orders", "billing", "0", "processor-a");
  for (const partition of ["0", "1"]) await world.checkpoint("orders", "audit", partition, 1);
});
afterAll(() => world?.stop());

async function start(hub: object = {}, more: object = {}, env: Record<string, string> = {}) {
  const config = { refreshSeconds: 1, eventHubs: [world.hubConfig("orders", hub)], ...more };
  const dashboard = await startDashboard(config, env);
  onTestFinished(async () => void (await dashboard.end()));
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 10_000);
  return dashboard;
}

async function scrape({ url }: TestDashboard): Promise<string> {
  return (await fetch(`${url}/metrics`)).text();
}

/** Scrapes until a group has a lag: a busy machine misses a refresh, and old figures are left out. */
async function scrapeWithLag(dashboard: TestDashboard, consumergroup: string): Promise<string> {
  let text = "";
  await expect
    .poll(async () => {
      text = await scrape(dashboard);
      return valuesOf(text, lagSum, { consumergroup });
    }, waiting)
    .toHaveLength(1);
  return text;
}

describe("a scrape", () => {
  itWithPromtool("is in order, as promtool has it, and says what the API says", async () => {
    const dashboard = await start();
    const answer = await fetch(`${dashboard.url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await scrapeWithLag(dashboard, "billing");
    const { said } = await promtool(["check", "metrics"], text);
    // The contract requires the one name that promtool's style guide rejects.
    expect(said.trim()).toBe(`${lagSum} non-histogram and non-summary metrics should not have "_sum" suffix`);
    const api = await fetch(`${dashboard.url}/api/v1/event-hubs/orders/consumer-groups/billing`);
    const group = consumerGroupDetailSchema.parse(await api.json());
    expect(valuesOf(text, lagSum, { consumergroup: "billing" })).toEqual([group.totalLag]);
    for (const { partitionId, lag } of group.partitions) {
      const labels = { eventhubs_namespace: "localhost", consumergroup: "billing", partition: partitionId };
      expect(valuesOf(text, "eventhubs_consumergroup_lag", labels)).toEqual([lag]);
    }
  });

  it("asks Azure for nothing, and tells how often it was asked", async () => {
    const proxy = await startCountingProxy(world.azurite.port);
    onTestFinished(() => proxy.stop());
    const connectionString = world.azurite.connectionString.replaceAll(
      `:${world.azurite.port}`,
      `:${proxy.port}`,
    );
    const container = world.container.containerName;
    const before = { ...world.eventHubs.requests() };
    const dashboard = await start(
      { checkpointStores: [{ id: "main", connectionString, container }] },
      { refreshSeconds: 3_600 },
    );
    const asked = proxy.requests.length;
    for (let turn = 0; turn < 20; turn += 1) await scrape(dashboard);
    expect(proxy.requests).toHaveLength(asked);
    const after = world.eventHubs.requests();
    expect(after.eventHubReads - before.eventHubReads).toBe(1);
    expect(after.partitionReads - before.partitionReads).toBe(2);

    const text = await scrape(dashboard);
    const requests = (labels: Record<string, string>) =>
      valuesOf(text, "tidemark_azure_requests_total", labels);
    expect(requests({ service: "eventhubs", operation: "getEventHubProperties" })).toEqual([1]);
    expect(requests({ service: "eventhubs", operation: "getPartitionProperties" })).toEqual([2]);
    const storage = requests({ service: "storage" });
    expect(storage.reduce((sum, count) => sum + count, 0)).toBe(asked);
    const lists = proxy.requests.filter((request) => request.includes("comp=list"));
    expect(requests({ service: "storage", operation: "listBlobs" })).toEqual([lists.length]);
  });

  it("no longer has a group after its blobs are deleted", async () => {
    await world.checkpoint("orders", "short-lived", "0", 1);
    const dashboard = await start();
    const lag = async () => valuesOf(await scrape(dashboard), lagSum, { consumergroup: "short-lived" });
    await expect.poll(lag, waiting).toEqual([148]);
    await world.container.deleteBlob("localhost/orders/short-lived/checkpoint/0");
    await expect.poll(lag, waiting).toEqual([]);
    const text = await scrapeWithLag(dashboard, "audit");
    expect(valuesOf(text, lagSum, { consumergroup: "audit" })).toEqual([146]);
  });

  it("has no partitions when the configuration wants none", async () => {
    const text = await scrapeWithLag(await start({ partitionMetrics: false }), "audit");
    expect(text).not.toContain("partition=");
    expect(valuesOf(text, lagSum, { consumergroup: "audit" })).toEqual([146]);
  });

  it("reports the shared figures when another dashboard refreshes the hubs", async () => {
    const databaseUrl = (await newPostgresDatabase()).reveal();
    const hubs = [world.hubConfig("orders")];
    const [first, second] = await Promise.all(
      ["a", "b"].map(async () => {
        const config = testConfig({ refreshSeconds: 0.5, hubs, dataDir: newFolder(), databaseUrl });
        const dashboard = await createDashboard(config);
        onTestFinished(() => dashboard.stop());
        return dashboard;
      }),
    );
    if (first === undefined || second === undefined) throw new Error("no dashboards");
    const told = async (dashboard: typeof first, name: string) =>
      valuesOf(await dashboard.runtime.metrics(), name, { consumergroup: "audit" });
    first.start();
    await expect.poll(() => told(first, lagSum), waiting).toEqual([146]);
    second.start();
    await expect.poll(() => told(second, lagSum), waiting).toEqual([146]);
    const text = await second.runtime.metrics();
    expect(valuesOf(text, "tidemark_last_success_timestamp_seconds")).toHaveLength(1);
    expect(valuesOf(text, "tidemark_refresh_duration_seconds_count")).toEqual([0]);
  });
});

it("hands out the Grafana dashboard and the alert rules, and takes nothing", async () => {
  const { url } = await start();
  const grafana = await fetch(`${url}/grafana-dashboard.json`);
  expect(((await grafana.json()) as { uid: string }).uid).toBe("tidemark-event-hubs");
  expect(await (await fetch(`${url}/prometheus-rules.yml`)).text()).toContain("alert: TidemarkBlind");
  const refused = await fetch(`${url}/metrics`, { method: "POST" });
  expect(refused.status).toBe(405);
});

it("goes on refreshing while a collector fails, says so once, and sends once more at its end", async () => {
  const collector = await startCollector();
  collector.mood = "fail";
  const dashboard = await start(
    {},
    {},
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_METRIC_EXPORT_INTERVAL: "300",
      OTEL_EXPORTER_OTLP_TIMEOUT: "250",
    },
  );
  await expect.poll(() => collector.requests.length, waiting).toBeGreaterThan(3);
  const durations = async () =>
    valuesOf(await scrape(dashboard), "tidemark_refresh_duration_seconds_count")[0] ?? 0;
  const before = await durations();
  await expect.poll(durations, waiting).toBeGreaterThan(before);
  const complaints = () => dashboard.output().match(/can't be sent to the OpenTelemetry collector/g)?.length;
  await expect.poll(complaints, waiting).toBe(1);
  const sent = collector.requests.length;
  await expect.poll(() => collector.requests.length, waiting).toBeGreaterThan(sent + 3);
  expect(complaints()).toBe(1);

  collector.mood = "take";
  await expect.poll(() => dashboard.output(), waiting).toContain("takes metrics again");
  const { code } = await dashboard.end();
  expect(code).toBe(0);
});
