import { expectAccessibleInBothThemes } from "#tests/e2e/page-checks.ts";
import { expect, ready, test } from "#tests/e2e/quiet-fixtures.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";

const oneGroup = { name: "orders", partitionCount: 1, consumerGroups: ["billing"] };
const groupPath = "/event-hubs/orders/consumer-groups/billing";
const seen = { timeout: 20_000 };

test("a group's losses stay visible when its checkpoint has moved past them", async ({ page, own }) => {
  const world = await own.world([oneGroup]);
  world.enqueue("orders", "0", 5_000);
  await world.checkpoint("orders", "billing", "0", 79);
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders")] });
  await ready(dashboard);
  await page.goto(dashboard.url + groupPath);
  const figures = page.getByLabel("Figures of billing");
  await expect(figures).not.toContainText("since");
  world.eventHubs.trim("orders", "0", 4_200);
  await expect(figures).toContainText(
    /4,120 events.*deleted uncheckpointed, counted since \d{4}-\d\d-\d\d \d\d:\d\d/,
    seen,
  );
  await world.checkpoint("orders", "billing", "0", 4_900);
  await expect(figures).toContainText(
    /nothing lost past the checkpoints.*4,120 deleted uncheckpointed, counted since \d{4}-\d\d-\d\d \d\d:\d\d/,
    seen,
  );
  await expectAccessibleInBothThemes(page);
});

test("a group with deleted blobs says so and is dismissed", async ({ page, own }) => {
  const world = await own.world([oneGroup]);
  world.enqueue("orders", "0", 100);
  await world.checkpoint("orders", "billing", "0", 79);
  await world.checkpoint("orders", "audit", "0", 99);
  const dashboard = await startDashboard(
    { refreshSeconds: 1, eventHubs: [world.hubConfig("orders")] },
    { TIDEMARK_READ_ONLY: "false" },
  );
  own.endAfterwards(() => dashboard.end());
  await ready(dashboard);
  await page.goto(dashboard.url + groupPath);
  await expect(page.getByLabel("Figures of billing")).toContainText("20");
  await world.container.deleteBlob("localhost/orders/billing/checkpoint/0");
  const main = page.getByRole("main");
  await expect(main).toContainText("All blobs of this group are deleted", seen);
  await expectAccessibleInBothThemes(page);
  await page.goto(dashboard.url);
  await expect(main).toContainText(/billing.{0,2} is gone: all its blobs were deleted/);
  await expectAccessibleInBothThemes(page);
  await page.goto(dashboard.url + groupPath);
  await page.getByRole("button", { name: "Dismiss the group" }).click();
  await expect(page).toHaveURL(/\/event-hubs\/orders$/);
  await expect(main).not.toContainText("billing", seen);
  await expect(main).toContainText("audit");
});
