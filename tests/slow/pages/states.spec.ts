import { readFile, writeFile } from "node:fs/promises";
import { BlobServiceClient } from "@azure/storage-blob";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScroll,
} from "#tests/e2e/page-checks.ts";
import { expect, ready, test } from "#tests/e2e/quiet-fixtures.ts";
import { startSilentService } from "#tests/support/proxies/silent-service.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";

const oneGroup = { name: "orders", partitionCount: 1, consumerGroups: ["billing"] };
const groupPath = "/event-hubs/orders/consumer-groups/billing";

test("nothing there yet: the page says what to do", async ({ page, own }) => {
  const world = await own.world([{ name: "orders", partitionCount: 1 }]);
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders")] });
  await ready(dashboard);
  await page.goto(dashboard.url);
  await expect(page.getByRole("main")).toContainText(/no consumer group/i);
  await expectAccessibleInBothThemes(page);
  await page.goto(`${dashboard.url}/activity`);
  await expect(page.getByRole("main")).toContainText("No activity yet");
  await expectAccessibleInBothThemes(page);
});

test("a hub that can't be read is named with its fault and the next step", async ({ page, own }) => {
  const world = await own.world([oneGroup]);
  await world.checkpoint("orders", "billing", "0", 5);
  const missing = world.hubConfig("missing", { consumerGroups: ["billing"] });
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders"), missing] });
  await ready(dashboard);
  await page.goto(dashboard.url);
  await expect(page.getByRole("main")).toContainText(/missing/);
  await expectAccessibleInBothThemes(page);
  await page.goto(`${dashboard.url}/event-hubs/missing`);
  await expect(page.getByRole("main")).toContainText(/eventHubNotFound|does not exist|no event hub/i);
  await expectAccessibleInBothThemes(page);
});

test("a hub that does not answer yet shows that it is being read, not zeros", async ({ page, own }) => {
  const silent = await startSilentService();
  own.endAfterwards(() => silent.stop());
  const world = await own.world([{ name: "orders", partitionCount: 1 }]);
  const orders = world.hubConfig("orders", { connectionString: silent.connectionString });
  const dashboard = await own.dashboard({ eventHubs: [orders] });
  await page.goto(`${dashboard.url}/event-hubs/orders`);
  await expect(page.getByRole("main")).toContainText(/reading|being read|not read/i);
  await expectAccessible(page);
});

test("a group's page waits for the first reading, which may be the one that finds the group", async ({
  page,
  own,
}) => {
  const world = await own.world([oneGroup]);
  const store = { connectionString: world.azurite.connectionString, container: "comes-later" };
  const orders = world.hubConfig("orders", { checkpointStores: [{ id: "main", ...store }] });
  const dashboard = await own.dashboard({ eventHubs: [orders] }, { TIDEMARK_READ_ONLY: "false" });
  await ready(dashboard);
  await page.goto(`${dashboard.url}${groupPath}/reset`);
  await expect(page.getByRole("main")).toContainText("Store main could not be read");
  await expect(page.getByRole("main")).toContainText("containerNotFound");
  await expectAccessibleInBothThemes(page);
  await page.goto(dashboard.url + groupPath);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("billing");
  await expect(page.getByRole("main")).toContainText("Store main could not be read");
  const service = BlobServiceClient.fromConnectionString(store.connectionString);
  const { containerClient } = await service.createContainer(store.container);
  await new BlobCheckpointStore(containerClient).updateCheckpoint({
    fullyQualifiedNamespace: localNamespace,
    eventHubName: "orders",
    consumerGroup: "billing",
    partitionId: "0",
    sequenceNumber: 5,
    offset: "320",
  });
  await expect(page.getByRole("region", { name: "Partitions" }).getByRole("row")).toHaveCount(2);
  await page.goto(`${dashboard.url}/event-hubs/orders/consumer-groups/nobody`);
  await expect(page.getByRole("main")).toContainText("Page not found");
});

test("figures stay on the screen, marked as old, when the event hub goes away", async ({ page, own }) => {
  const world = await own.world([oneGroup]);
  world.enqueue("orders", "0", 100);
  await world.checkpoint("orders", "billing", "0", 57);
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders")] });
  await ready(dashboard);
  await page.goto(dashboard.url + groupPath);
  const row = page.getByRole("region", { name: "Partitions" }).getByRole("row").nth(1);
  await expect(row).toContainText("42");
  await world.eventHubs.stop();
  await expect(page.getByRole("main")).toContainText(/can't be reached|did not answer|unreachable/i, {
    timeout: 30_000,
  });
  await expect(row).toContainText("42");
  const live = page.getByRole("button", { name: /Pause live updates/ });
  await expect(live).toHaveAttribute("data-tip", /Some could not be read/);
  await expect(live).toContainText("Stale");
  await expectAccessible(page);
});

test("figures stay on the screen when the dashboard itself goes away", async ({ page, own }) => {
  const world = await own.world([oneGroup]);
  world.enqueue("orders", "0", 100);
  await world.checkpoint("orders", "billing", "0", 57);
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders")] });
  await ready(dashboard);
  await page.goto(dashboard.url + groupPath);
  const row = page.getByRole("region", { name: "Partitions" }).getByRole("row").nth(1);
  await expect(row).toContainText("42");
  await expect(page.getByRole("banner")).toContainText("Live");
  await dashboard.end();
  await expect(page.getByRole("banner")).toContainText(/reconnecting|lost/i);
  await expect(row).toContainText("42");
});

test("a faulty configuration file is told above the page, and the one read before still applies", async ({
  page,
  own,
}) => {
  const world = await own.world([oneGroup]);
  await world.checkpoint("orders", "billing", "0", 5);
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders")] });
  await ready(dashboard);
  const good = await readFile(dashboard.file, "utf8");
  // The file becomes faulty after the page was made and before its stream opens.
  const faulty = Promise.withResolvers<void>();
  await page.route("**/api/v1/stream*", async (route) => {
    await faulty.promise;
    await route.continue();
  });
  await page.goto(dashboard.url + groupPath);
  await writeFile(dashboard.file, good.replace('"refreshSeconds":1', '"refreshSeconds":0,"hubs":[]'));
  dashboard.signal("SIGHUP");
  const state = async () => (await page.request.get(`${dashboard.url}/api/v1/configuration`)).json();
  await expect.poll(async () => (await state()).fault?.count).toBe(2);
  faulty.resolve();
  const told = page.getByText("The configuration file can't be used");
  await expect(told).toBeVisible();
  await expect(page.locator("body")).toContainText(/it has 2 faults.*refreshSeconds/s);
  await expect(page.getByRole("region", { name: "Partitions" }).getByRole("row")).toHaveCount(2);
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await writeFile(dashboard.file, good);
  dashboard.signal("SIGHUP");
  await expect(told).toHaveCount(0);
});

test.use({ ignoredComplaints: /net::ERR_|404 \(Not Found\)/ });
