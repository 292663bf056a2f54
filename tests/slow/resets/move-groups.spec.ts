import type { Page } from "@playwright/test";
import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScroll,
} from "#tests/e2e/page-checks.ts";
import { test as base, expect, ready } from "#tests/e2e/quiet-fixtures.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { anotherContainer } from "#tests/support/worlds/moving-world.ts";

const groups = ["archive", "audit", "billing", "shipping"];
const ids = ["0", "1"];
const folder = process.env.MOVE_SHOTS;

const test = base.extend<object, { moving: TestDashboard }>({
  moving: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a pattern here
    async ({}, use) => {
      const world = await startLocalWorld([{ name: "orders", partitionCount: 2, consumerGroups: groups }]);
      const target = await anotherContainer(world);
      for (const id of ids) {
        world.enqueue("orders", id, 60);
        for (const group of groups) await world.checkpoint("orders", group, id, 40);
      }
      const { connectionString } = world.azurite;
      const dashboard = await startDashboard(
        {
          refreshSeconds: 1,
          eventHubs: [
            world.hubConfig("orders", {
              ownershipExpirationSeconds: 2,
              checkpointStores: [
                { id: "old", connectionString, container: world.container.containerName },
                { id: "new", connectionString, container: target.containerName },
              ],
            }),
          ],
        },
        { TIDEMARK_READ_ONLY: "false" },
      );
      await ready(dashboard);
      await use(dashboard);
      await dashboard.end();
      await world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ moving }, use) => use(moving.url),
});

async function picture(page: Page, step: string): Promise<void> {
  if (folder === undefined) return;
  for (const scheme of ["light", "dark"] as const)
    for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${folder}/${step}-${width}-${scheme}.png`, fullPage: true });
    }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function fitsPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 800 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("moves the groups of a store from the palette to the report, and undoes that", async ({ page }) => {
  const title = page.getByRole("heading", { level: 1 });
  const progress = page.getByRole("region", { name: "Progress" });
  const table = page.getByRole("region", { name: "Groups of the move" });
  await page.goto("/event-hubs/orders");
  await expect(page.getByRole("banner")).toContainText("Live");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("move several groups");
  await expect(page.getByRole("dialog", { name: "Go to" }).getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(title).toContainText("Move groups of orders");
  await page.getByRole("textbox", { name: "Names" }).fill("a*, billing");
  await expect(page.getByText("3 groups of this hub.")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await picture(page, "choose");
  await fitsPhone(page);
  await page.getByRole("button", { name: "Review" }).click();

  await expect(title).toHaveText("Review the move of groups");
  await expect(progress).toContainText("3 of 3 groups can be moved: 6 checkpoints.");
  await expect(table).not.toContainText("shipping");
  await expectAccessibleInBothThemes(page);
  await picture(page, "review");
  await fitsPhone(page);
  await page.getByRole("textbox", { name: /to confirm/ }).fill("new");
  await page.getByRole("button", { name: "Move 3 groups" }).click();

  await expect(progress).toContainText("3 of 3 groups moved.");
  await expect(table.getByText("Moved", { exact: true })).toHaveCount(3);
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  expect((await coming).suggestedFilename()).toMatch(/^move-.*\.csv$/);
  await expectAccessible(page);
  await picture(page, "report");
  await fitsPhone(page);

  await page.getByRole("button", { name: "Undo…" }).click();
  await expect(title).toHaveText("Review the undo of groups");
  await expect(progress).toContainText("3 of 3 groups can be undone: 6 checkpoints.");
  await expectAccessibleInBothThemes(page);
  await picture(page, "undo-review");
  await page.getByRole("textbox", { name: /to confirm/ }).fill("new");
  await page.getByRole("button", { name: "Undo 3 groups" }).click();
  await expect(progress).toContainText("3 of 3 groups undone.");
  await expect(table.getByText("Undone", { exact: true })).toHaveCount(3);
  await picture(page, "undo-report");
  await page.getByRole("link", { name: "The move that this undoes" }).click();
  await expect(title).toHaveText("Move of groups");
  await expect(page.getByRole("link", { name: "Its undo" })).toBeVisible();
});

test("asks for nothing that is not there when a move goes to a group without a blob", async ({ page }) => {
  const failed: string[] = [];
  page.on("response", (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  await page.goto("/event-hubs/orders/consumer-groups/shipping/move?store=old");
  await page.getByRole("textbox", { name: "Consumer group" }).fill("successor");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review the move to successor");
  await expect(page.getByRole("region", { name: "Plan" })).toContainText("40");
  await page.waitForLoadState("networkidle");
  expect(failed).toEqual([]);
});
