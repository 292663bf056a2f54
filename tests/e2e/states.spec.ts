import { startSilentService } from "#tests/support/proxies/silent-service.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { expect, expectAccessible, expectAccessibleInBothThemes, ready, test } from "./fixtures.ts";

// Each of these worlds is small and its own: something in it is missing, silent or taken away.
function startOn(hubs: object[]): Promise<TestDashboard> {
  return startDashboard({ refreshSeconds: 1, eventHubs: hubs });
}

test("nothing there yet: the page says what to do", async ({ page }) => {
  const world = await startLocalWorld([{ name: "orders", partitionCount: 1 }]);
  const dashboard = await startOn([world.hubConfig("orders")]);
  await ready(dashboard);
  await page.goto(dashboard.url);
  await expect(page.getByRole("main")).toContainText(/no consumer group/i);
  await expectAccessibleInBothThemes(page);
  await dashboard.end();
  await world.stop();
});

test("a hub that can't be read is named with its fault and the next step", async ({ page }) => {
  const world = await startLocalWorld([{ name: "orders", partitionCount: 1, consumerGroups: ["billing"] }]);
  await world.checkpoint("orders", "billing", "0", 5);
  const dashboard = await startOn([
    world.hubConfig("orders"),
    world.hubConfig("missing", { consumerGroups: ["billing"] }),
  ]);
  await ready(dashboard);
  await page.goto(dashboard.url);
  await expect(page.getByRole("main")).toContainText(/missing/);
  await expectAccessibleInBothThemes(page);
  await page.goto(`${dashboard.url}/event-hubs/missing`);
  await expect(page.getByRole("main")).toContainText(/eventHubNotFound|does not exist|no event hub/i);
  await expectAccessibleInBothThemes(page);
  await dashboard.end();
  await world.stop();
});

test("a hub that does not answer yet shows that it is being read, not zeros", async ({ page }) => {
  const silent = await startSilentService();
  const world = await startLocalWorld([{ name: "orders", partitionCount: 1 }]);
  const dashboard = await startOn([world.hubConfig("orders", { connectionString: silent.connectionString })]);
  await page.goto(`${dashboard.url}/event-hubs/orders`);
  await expect(page.getByRole("main")).toContainText(/reading|being read|not read/i);
  await expectAccessible(page);
  await dashboard.end();
  await silent.stop();
  await world.stop();
});

test("figures stay on the screen, marked as old, when the event hub goes away", async ({ page }) => {
  const world = await startLocalWorld([{ name: "orders", partitionCount: 1, consumerGroups: ["billing"] }]);
  world.enqueue("orders", "0", 100);
  await world.checkpoint("orders", "billing", "0", 57);
  const dashboard = await startOn([world.hubConfig("orders")]);
  await ready(dashboard);
  await page.goto(`${dashboard.url}/event-hubs/orders/consumer-groups/billing`);
  const row = page.getByRole("region", { name: "Partitions" }).getByRole("row").nth(1);
  await expect(row).toContainText("42");
  await world.eventHubs.stop();
  await expect(page.getByRole("main")).toContainText(/can't be reached|did not answer|unreachable/i, {
    timeout: 30_000,
  });
  await expect(row).toContainText("42");
  const live = page.getByRole("button", { name: /Pause live updates/ });
  await expect(live).toHaveAttribute("data-tip", /Some could not be read anew/);
  await expectAccessible(page);
  await dashboard.end();
  await world.stop();
});

test("figures stay on the screen when the dashboard itself goes away", async ({ page }) => {
  const world = await startLocalWorld([{ name: "orders", partitionCount: 1, consumerGroups: ["billing"] }]);
  world.enqueue("orders", "0", 100);
  await world.checkpoint("orders", "billing", "0", 57);
  const dashboard = await startOn([world.hubConfig("orders")]);
  await ready(dashboard);
  await page.goto(`${dashboard.url}/event-hubs/orders/consumer-groups/billing`);
  const row = page.getByRole("region", { name: "Partitions" }).getByRole("row").nth(1);
  await expect(row).toContainText("42");
  await dashboard.end();
  await expect(page.getByRole("banner")).toContainText(/reconnecting|lost/i);
  await expect(row).toContainText("42");
  await world.stop();
});
// A stream that breaks is told on the console by the browser itself.
test.use({ ignoredComplaints: /net::ERR_|404 \(Not Found\)/ });
