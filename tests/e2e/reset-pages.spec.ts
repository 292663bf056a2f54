import type { Page } from "@playwright/test";
import type { ResetPlan } from "#lib/api/resets.ts";
import type { TestDashboard } from "#tests/support/dashboard.ts";
import type { LocalWorld } from "#tests/support/local-world.ts";
import { startResettingDashboard, startResetWorld } from "#tests/support/browser-reset-world.ts";
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  ready,
  setTheme,
  test,
  themes,
} from "./fixtures.ts";

const groupPage = (group: string) => `/event-hubs/orders/consumer-groups/${group}`;
const main = (page: Page) => page.getByRole("main");

test.describe("the pages of a reset", () => {
  let world: LocalWorld;
  let dashboard: TestDashboard;
  // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a pattern here
  test.use({ baseURL: async ({}, use) => use(dashboard.url) });
  test.beforeAll(async () => {
    world = await startResetWorld();
    dashboard = await startResettingDashboard(world);
    await ready(dashboard);
  });
  test.afterAll(async () => {
    await dashboard.end();
    await world.stop();
  });

  for (const theme of themes) {
    test(`has no fault that axe finds, and fits a phone, in ${theme}`, async ({ page }) => {
      await setTheme(page, theme);
      for (const target of ["time&at=2026-03-02T12:00:00Z", "ago&ago=2h", "shift", "group", "file"]) {
        await page.goto(`${groupPage("billing")}/reset?store=main&partitions=0-2&mode=live&target=${target}`);
        await expect(page.getByRole("checkbox", { name: "1", exact: true })).toBeChecked();
        await expectAccessible(page);
      }
      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoSidewaysScroll(page);
      await page.goto("/activity");
      await expect(page.getByRole("region", { name: "Activity" })).toBeVisible();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });
  }

  test("that nobody knows is a page that says so", async ({ page }) => {
    const response = await page.goto("/resets/nothing");
    expect(response?.status()).toBe(404);
    await page.goto("/resets/plans/nothing");
    await expect(main(page)).toContainText("This plan is gone");
    await expectAccessible(page);
  });

  // What follows can't be brought about in seconds: a plan's ten minutes, a history that is away.
  test("whose plan has expired is made anew", async ({ page }) => {
    await page.route("**/resets/preview?*", async (route) => {
      const response = await route.fetch();
      const plan = (await response.json()) as ResetPlan;
      await route.fulfill({
        response,
        json: { ...plan, expiresAt: new Date(Date.now() + 3_000).toISOString() },
      });
    });
    await page.goto(`${groupPage("billing")}/reset?store=main&target=latest`);
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByRole("textbox", { name: /to confirm/ })).toBeVisible();
    await expect(main(page)).toContainText("This plan has expired; nothing was written");
    await expect(page.getByRole("textbox", { name: /to confirm/ })).toHaveCount(0);
    await expectAccessible(page);
    await page.unroute("**/resets/preview?*");
    const before = page.url();
    await page.getByRole("button", { name: "Make it anew" }).click();
    await expect(page.getByRole("textbox", { name: /to confirm/ })).toBeVisible();
    expect(page.url()).not.toBe(before);
  });

  test("that can't be recorded is refused in the server's words", async ({ page }) => {
    const error = { code: "historyUnavailable", message: "The history's database is away.", requestId: "r" };
    await page.goto(`${groupPage("billing")}/reset?store=main&target=latest`);
    await page.getByRole("button", { name: "Review" }).click();
    await page.route("**/resets?*", (route) => route.fulfill({ status: 503, json: { error } }));
    await page.getByRole("textbox", { name: /to confirm/ }).fill("billing");
    await page.getByRole("button", { name: /^Apply to/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: "It was not applied" })).toContainText(
      "The history's database is away. Code: historyUnavailable",
    );
    await page.route("**/api/v1/activity?*", (route) => route.fulfill({ status: 503, json: { error } }));
    await page.goto(`${groupPage("billing")}?tab=activity`);
    await expect(page.getByRole("alert").filter({ hasText: "The activity can’t be read" })).toContainText(
      "The history's database is away.",
    );
    await expectAccessible(page);
  });
});

test("in read-only mode the way in is there, off, and says why to a keyboard too", async ({ page }) => {
  await page.goto("/event-hubs/orders/consumer-groups/fraud-check");
  const button = page.getByRole("button", { name: "Reset checkpoints…" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(async () => {
    await button.blur();
    await button.focus();
    await expect(page.getByRole("tooltip")).toContainText("TIDEMARK_READ_ONLY=false", { timeout: 500 });
  }).toPass();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await page.goto("/event-hubs/orders/consumer-groups/fraud-check/reset?store=main&target=latest");
  await expect(main(page)).toContainText("This dashboard is read-only");
  await expect(page.getByRole("button", { name: "Review" })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);
});

// The browser tells failed calls on the console, those of the page itself too.
test.use({ ignoredComplaints: /(404|409|503) \(/ });
