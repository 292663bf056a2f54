import { expect, it, onTestFinished, vi } from "vitest";
import { type OtlpExport, startOtlpExport } from "#lib/metrics/otlp-export.ts";
import { textOf, valuesOf } from "#tests/support/exposition.ts";
import {
  checkpoint,
  hubReading,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { MeteredWorld } from "#tests/support/proxies/metered.ts";
import { startCollector, type TestCollector } from "#tests/support/proxies/otlp-collector.ts";

const waiting = { timeout: 20_000, interval: 20 };
const lag = "eventhubs_consumergroup_lag";

async function refreshedWorld(cp = 89) {
  const world = new MeteredWorld();
  const orders = world.addHub();
  const refresh = (position: number) =>
    orders.refresh(async () => hubReading([properties("0")]), {
      main: async () =>
        storeReading([storedGroup("billing", [checkpoint("0", position)], [ownership("0", "a")])]),
    });
  await refresh(cp);
  return { world, refresh };
}

interface Sending {
  exporting: OtlpExport;
  faults: (string | null)[];
}

function send(world: MeteredWorld, env: Record<string, string>, intervalMs = 50): Sending {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const faults: (string | null)[] = [];
  const exporting = startOtlpExport({
    metrics: world.metrics,
    intervalMs,
    timeoutMs: 1_000,
    proxies: null,
    onFault: (fault) => faults.push(fault),
  });
  onTestFinished(() => exporting.stop());
  return { exporting, faults };
}

const endpoint = ({ url }: TestCollector) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url });

it("sends the figures of a scrape, with the requested names, headers and resource", async () => {
  const collector = await startCollector();
  const { world, refresh } = await refreshedWorld();
  send(world, {
    ...endpoint(collector),
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=secret%20word",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test,service.instance.id=one",
    OTEL_SERVICE_NAME: "lag-watch",
  });
  await expect.poll(() => collector.points(lag).length, waiting).toBeGreaterThan(0);
  const [request] = collector.requests;
  expect(request?.path).toBe("/v1/metrics");
  expect(request?.headers).toMatchObject({
    "api-key": "secret word",
    "content-type": "application/x-protobuf",
  });
  expect(request?.body.resource).toMatchObject({
    "service.name": "lag-watch",
    "service.instance.id": "one",
    "deployment.environment.name": "test",
  });
  const labels = {
    eventhubs_namespace: "contoso.servicebus.windows.net",
    eventhub: "orders",
    consumergroup: "billing",
    store: "main",
    partition: "0",
  };
  expect(collector.points(lag)[0]).toEqual([{ attributes: labels, value: 10, counts: [] }]);

  const sent = new Map(request?.body.metrics.map((metric) => [metric.name, metric]));
  const text = textOf(await world.metrics.text());
  for (const [name, { points, kind }] of sent) {
    if (kind !== "histogram")
      expect(valuesOf(text, name).toSorted(), name).toEqual(points.map((p) => p.value).toSorted());
  }
  const scraped = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name);
  const withSamples = scraped.filter((name) => new RegExp(`^${name}(_count)?[{ ]`, "m").test(text));
  expect([...sent.keys()].sort()).toEqual(withSamples.sort());
  expect(sent.get("tidemark_refresh_duration_seconds")).toMatchObject({
    kind: "histogram",
    unit: "s",
    temporality: "cumulative",
  });
  expect(sent.get("eventhubs_consumergroup_resets_total")).toMatchObject({
    kind: "sum",
    isMonotonic: true,
    temporality: "cumulative",
  });

  await refresh(95);
  await expect.poll(() => collector.points(lag)[0]?.[0]?.value, waiting).toBe(4);
});

it("sends to the metrics' own endpoint, compressed and by increments when that is asked for", async () => {
  const [collector, other] = [await startCollector(), await startCollector()];
  const { world } = await refreshedWorld();
  send(world, {
    ...endpoint(other),
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${collector.url}/otlp`,
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "delta",
    OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
  });
  await expect.poll(() => collector.requests.length, waiting).toBeGreaterThan(1);
  expect(other.requests).toEqual([]);
  const [first, second] = collector.requests;
  expect(first?.path).toBe("/otlp");
  expect(first?.headers["content-encoding"]).toBe("gzip");
  const durations = [first, second].map((request) =>
    request?.body.metrics.find(({ name }) => name === "tidemark_refresh_duration_seconds"),
  );
  const count = (metric: (typeof durations)[number]) =>
    metric?.points[0]?.counts.reduce((sum, each) => sum + each, 0);
  expect(durations.map(count)).toEqual([1, 0]);
  expect(durations[0]?.temporality).toBe("delta");
});

it("says once that a collector refuses, and once that it accepts again", async () => {
  const collector = await startCollector();
  collector.mood = "refuse";
  const { world } = await refreshedWorld();
  const { faults } = send(world, endpoint(collector));
  await expect.poll(() => collector.requests.length, waiting).toBeGreaterThan(3);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/\w/);
  collector.mood = "take";
  await expect.poll(() => faults, waiting).toEqual([faults[0], null]);
});

it("says so when nobody answers, and goes on", async () => {
  const { world } = await refreshedWorld();
  const { faults, exporting } = send(world, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  await expect.poll(() => faults, waiting).toHaveLength(1);
  expect(valuesOf(await world.metrics.text(), lag)).toEqual([10]);
  await exporting.stop();
});

it("sends once more at its end", async () => {
  const collector = await startCollector();
  const { world, refresh } = await refreshedWorld();
  const { exporting } = send(world, endpoint(collector), 3_600_000);
  await refresh(97);
  await exporting.stop();
  expect(collector.points(lag)).toHaveLength(1);
  expect(collector.points(lag)[0]?.[0]?.value).toBe(2);
});

it("waits for a silent collector for two seconds at its end, and no longer", async () => {
  const collector = await startCollector();
  collector.mood = "hang";
  const { world } = await refreshedWorld();
  const { exporting } = send(world, endpoint(collector), 3_600_000);
  const began = performance.now();
  await exporting.stop();
  expect(collector.requests).toHaveLength(1);
  expect((performance.now() - began) / 6_000).toBeLessThan(1);
});
