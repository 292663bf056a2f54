import { readFile, writeFile } from "node:fs/promises";
import type { Page, Route } from "@playwright/test";
import { expect, ready, test } from "#tests/e2e/quiet-fixtures.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { holdScripts, scriptsWith } from "./held-scripts.ts";

const told = (page: Page) =>
  page.getByRole("status").filter({ hasText: "The configuration file can't be used" });
const missing = (page: Page) => page.getByText("A part of this page could not be loaded.");
const gone = (route: Route) => route.fulfill({ status: 404, body: "" });

test.use({ ignoredComplaints: /404 \(Not Found\)|net::ERR_/ });

/** A dashboard whose configuration file became faulty, which each page says from its first look on. */
async function faultyDashboard(own: {
  world: (hubs: { name: string; partitionCount: number; consumerGroups: string[] }[]) => Promise<{
    hubConfig: (name: string) => object;
    checkpoint: (hub: string, group: string, partitionId: string, sequenceNumber: number) => Promise<unknown>;
  }>;
  dashboard: (config: object) => Promise<TestDashboard>;
}) {
  const world = await own.world([{ name: "orders", partitionCount: 1, consumerGroups: ["billing"] }]);
  await world.checkpoint("orders", "billing", "0", 5);
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders")] });
  await ready(dashboard);
  const good = await readFile(dashboard.file, "utf8");
  const breakBy = async (faults: string, count: number) => {
    await writeFile(dashboard.file, good.replace('"refreshSeconds":1', faults));
    dashboard.signal("SIGHUP");
    const found = async () => {
      const answer = await fetch(`${dashboard.url}/api/v1/configuration`);
      return ((await answer.json()) as { fault: { count: number } | null }).fault?.count;
    };
    await expect.poll(found).toBe(count);
  };
  await breakBy('"refreshSeconds":0', 1);
  return { dashboard, breakBy };
}

test("what the server drew of a part without its script stays while it is true, and the page says so", async ({
  page,
  own,
}) => {
  const { dashboard, breakBy } = await faultyDashboard(own);
  const scripts = await scriptsWith("What was read before holds");
  await page.route(scripts, gone);
  await page.goto(dashboard.url);
  await expect(missing(page)).toBeVisible();
  await expect(told(page)).toContainText("it has 1 fault");
  await expect(page.getByRole("banner")).toContainText("Live");
  await page.getByRole("main").getByRole("link", { name: "billing", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("billing");
  await expect(told(page)).toContainText("it has 1 fault");
  await breakBy('"refreshSeconds":0,"hubs":[]', 2);
  await expect(told(page)).toHaveCount(0);
  await expect(missing(page)).toBeVisible();
});

test("a part that could not be reached stays as drawn, and loads with what it has to say next", async ({
  page,
  own,
}) => {
  const { dashboard, breakBy } = await faultyDashboard(own);
  const away = [await scriptsWith("What was read before holds"), "**/_buildManifest.js"];
  const asked: string[] = [];
  for (const path of away) {
    await page.route(path, async (route) => {
      asked.push(route.request().url());
      await route.abort();
    });
  }
  await page.goto(dashboard.url);
  await expect.poll(() => asked.filter((url) => url.endsWith("_buildManifest.js"))).toHaveLength(1);
  await expect(page.getByRole("banner")).toContainText("Live");
  await expect(told(page)).toContainText("it has 1 fault");
  for (const path of away) await page.unroute(path);
  await breakBy('"refreshSeconds":0,"hubs":[]', 2);
  await expect(told(page)).toContainText("it has 2 faults");
  await expect(missing(page)).toHaveCount(0);
});

test("what the server drew of a part stays while its script is slow and the page's others work", async ({
  page,
  own,
}) => {
  const world = await own.world(
    ["orders", "returns"].map((name) => ({ name, partitionCount: 1, consumerGroups: ["billing"] })),
  );
  await world.checkpoint("orders", "billing", "0", 5);
  const { connectionString } = world.azurite;
  const nowhere = connectionString.replace(/(BlobEndpoint=http:\/\/[^:]+:)\d+/, "$11");
  const store = { id: "main", connectionString: nowhere, container: world.container.containerName };
  // One reading: the next would say something else.
  const dashboard = await own.dashboard({
    refreshSeconds: 3_600,
    eventHubs: [world.hubConfig("orders"), world.hubConfig("returns", { checkpointStores: [store] })],
  });
  await ready(dashboard);
  const notice = page.getByRole("status").filter({ hasText: "Store main of returns" });
  const release = await holdScripts(page, await scriptsWith("Live updates are interrupted."));
  await page.goto(dashboard.url);
  await expect(page.getByRole("banner")).toContainText("Stale");
  await expect(notice).toBeVisible();
  const drawn = await notice.elementHandle();
  release();
  await expect.poll(() => notice.evaluate((line) => Object.keys(line).length)).toBeGreaterThan(0);
  expect(await drawn?.evaluate((line) => line.isConnected)).toBe(true);
});
