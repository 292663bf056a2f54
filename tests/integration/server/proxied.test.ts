import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type ForwardProxy, startForwardProxy } from "#tests/support/proxies/forward-proxy.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const password = "a pass/word that appears nowhere";
let world: LocalWorld;
let proxy: ForwardProxy;
let dashboard: TestDashboard;
const taken: string[] = [];
const receiver = createServer((request: IncomingMessage, response) => {
  taken.push(request.url ?? "");
  request.resume().on("end", () => response.end());
});

beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 1, consumerGroups: ["billing"] }]);
  world.enqueue("orders", "0", 20);
  await world.checkpoint("orders", "billing", "0", 9);
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const { port } = receiver.address() as AddressInfo;
  proxy = await startForwardProxy({
    user: "tidemark",
    password,
    hosts: {
      "hooks.example:80": port,
      "collector.example:4318": port,
    },
  });
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      eventHubs: [world.hubConfig("orders")],
      alerts: { channels: [{ id: "hook", kind: "webhook", url: "http://hooks.example/alert" }] },
    },
    {
      HTTP_PROXY: proxy.url,
      HTTPS_PROXY: proxy.url,
      TIDEMARK_READ_ONLY: "false",
      TIDEMARK_LOG_LEVEL: "trace",
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://collector.example:4318/v1/metrics",
      OTEL_METRIC_EXPORT_INTERVAL: "500",
      OTEL_METRIC_EXPORT_TIMEOUT: "400",
    },
  );
}, 60_000);
afterAll(async () => {
  await dashboard?.end();
  await proxy?.stop();
  receiver.close();
  await world?.stop();
});

it("reads a store, sends alerts and metrics through the proxy", async () => {
  const group = `${dashboard.url}/api/v1/event-hubs/orders/consumer-groups/billing`;
  await vi.waitFor(
    async () => expect(await (await fetch(group)).json()).toMatchObject({ totalLag: 10 }),
    20_000,
  );
  await fetch(`${dashboard.url}/api/v1/alert-channels/hook/test`, { method: "POST" });
  await vi.waitFor(() => expect(new Set(taken)).toEqual(new Set(["/alert", "/v1/metrics"])), 20_000);
  // Node's fetch asks for a tunnel to plain addresses, too.
  const hosts = new Set(proxy.seen().map((line) => /^\w+ (?:http:\/\/)?([^/]*)/.exec(line)?.[1]));
  expect([...hosts].sort()).toEqual([
    `127.0.0.1:${world.azurite.port}`,
    "collector.example:4318",
    "hooks.example:80",
  ]);
}, 60_000);

it("tells the proxy's password to nobody", async () => {
  const told = ["/metrics", "/api/v1/event-hubs/orders/diagnosis", "/api/v1/alerts", "/"].map(async (path) =>
    (await fetch(dashboard.url + path)).text(),
  );
  const text = [dashboard.output(), ...(await Promise.all(told))].join();
  expect(text).toContain("Requests go through a proxy.");
  for (const form of [
    password,
    encodeURIComponent(password),
    Buffer.from(`tidemark:${password}`).toString("base64"),
  ]) {
    expect(text).not.toContain(form);
  }
});
