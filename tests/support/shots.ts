import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Browser, chromium } from "@playwright/test";
import { startSilentService } from "#tests/support/proxies/silent-service.ts";
import { type Shot, shootSteps } from "#tests/support/shots-of-steps.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startDemo } from "#tests/support/worlds/demo.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { browserConfig, startBrowserWorld } from "#tests/support/worlds/worlds.ts";
import { findBrowser } from "../../lib/bootstrap/find-browser.mjs";

// `npm run shots -- FOLDER`: takes a picture of every page and state, light and dark, wide and narrow.
const folder = process.argv[2];
if (folder === undefined) {
  console.error(
    "Usage: npm run shots -- FOLDER [SECONDS that the demo's world runs first, 120 by default; 0: the steps of resets and incidents alone]",
  );
  process.exit(1);
}
const target = resolve(folder);
const demoSeconds = Number(process.argv[3] ?? 120);
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

async function shoot(browser: Browser, shots: readonly Shot[]): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of sizes) {
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
      for (const { name, url, act } of shots) {
        await page.goto(url, { waitUntil: "load" });
        await page.getByRole("main").waitFor();
        // The chart and the stream's first event arrive within this time.
        await pause(1_200);
        await act?.(page);
        await page.screenshot({ path: join(target, `${name}-${viewport.width}-${colorScheme}.png`) });
      }
      await page.close();
    }
  }
  console.log(`shots: ${shots.map(({ name }) => name).join(", ")}`);
}

async function shootDemo(browser: Browser): Promise<void> {
  const { url, child } = await startDemo();
  console.log(`shots: the demo's world runs for ${demoSeconds} s first …`);
  await pause(demoSeconds * 1_000);
  const groups = [
    "orders/billing",
    "orders/fraud-check",
    "orders/archive",
    "orders/$Default",
    "telemetry/enrich",
    "telemetry/alerts",
    "refunds/notify",
  ];
  await shoot(browser, [
    { name: "overview", url },
    { name: "hub-groups", url: `${url}/event-hubs/telemetry` },
    { name: "hub-partitions", url: `${url}/event-hubs/telemetry?tab=partitions` },
    ...groups.map((group) => {
      const [hub, name] = group.split("/");
      return {
        name: `group-${name?.replace("$", "")}`,
        url: `${url}/event-hubs/${hub}/consumer-groups/${name}`,
      };
    }),
  ]);
  const ended = new Promise((end) => child.once("exit", end));
  child.kill("SIGTERM");
  await ended;
}

async function shootStates(browser: Browser): Promise<void> {
  const silent = await startSilentService();
  const world = await startLocalWorld([{ name: "orders", partitionCount: 3, consumerGroups: ["billing"] }]);
  const empty = await startDashboard({ eventHubs: [world.hubConfig("orders")] });
  const failing = await startDashboard({
    refreshSeconds: 1,
    eventHubs: [world.hubConfig("missing", { consumerGroups: ["billing"] })],
  });
  const loading = await startDashboard({
    eventHubs: [world.hubConfig("orders", { connectionString: silent.connectionString })],
  });
  await shoot(browser, [
    { name: "loading-overview", url: loading.url },
    { name: "loading-hub", url: `${loading.url}/event-hubs/orders` },
  ]);
  await shoot(browser, [
    { name: "empty-overview", url: empty.url },
    { name: "empty-hub", url: `${empty.url}/event-hubs/orders` },
    { name: "failing-overview", url: failing.url },
    { name: "failing-hub", url: `${failing.url}/event-hubs/missing` },
    { name: "failing-group", url: `${failing.url}/event-hubs/missing/consumer-groups/billing` },
    { name: "not-found", url: `${empty.url}/event-hubs/nowhere` },
  ]);
  for (const dashboard of [empty, failing, loading]) await dashboard.end();
  await silent.stop();
  await world.stop();
}

async function shootLarge(browser: Browser): Promise<void> {
  const world = await startBrowserWorld(1_024);
  const dashboard = await startDashboard(browserConfig(world));
  await pause(5_000);
  await shoot(browser, [
    { name: "large-group", url: `${dashboard.url}/event-hubs/telemetry/consumer-groups/enrich` },
    { name: "large-hub", url: `${dashboard.url}/event-hubs/telemetry?tab=partitions` },
    { name: "broken-group", url: `${dashboard.url}/event-hubs/orders/consumer-groups/broken` },
    { name: "mixed-overview", url: dashboard.url },
  ]);
  await world.eventHubs.stop();
  await pause(8_000);
  await shoot(browser, [
    { name: "stale-overview", url: dashboard.url },
    { name: "stale-group", url: `${dashboard.url}/event-hubs/orders/consumer-groups/fraud-check` },
  ]);
  await dashboard.end();
  await world.stop();
}

mkdirSync(target, { recursive: true });
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
await shootSteps((shots) => shoot(browser, shots));
if (demoSeconds > 0) await shootStates(browser);
if (demoSeconds > 0) {
  await shootLarge(browser);
  await shootDemo(browser);
}
await browser.close();
console.log(`shots: all in ${target}`);
