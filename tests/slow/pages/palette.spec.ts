import type { Page } from "@playwright/test";
import { test } from "#tests/e2e/fixtures.ts";
import { expectAccessible } from "#tests/e2e/page-checks.ts";
import { expect } from "#tests/e2e/quiet-fixtures.ts";
import { scriptsWith } from "./held-scripts.ts";

const palette = (page: Page) => page.getByRole("dialog", { name: "Go to" });
const input = (page: Page) => palette(page).getByRole("combobox").or(palette(page).getByRole("textbox"));

test("the palette loses no letter that is typed while it loads", async ({ page }) => {
  const released = Promise.withResolvers<void>();
  // From the beginning: on a busy machine the page once had it before a later hold.
  const scripts = await scriptsWith("type more to narrow down");
  await page.route(scripts, async (route) => {
    await released.promise;
    await route.continue();
  });
  await page.goto("/");
  await expect(page.getByRole("banner")).toContainText("Live");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("fraud");
  await expect(input(page)).toHaveValue("fraud");
  await expect(palette(page)).toContainText("Loading…");
  released.resolve();
  await page.keyboard.type("-check");
  await expect(palette(page).getByRole("option").first()).toContainText("fraud-check");
  await expect(input(page)).toHaveValue("fraud-check");
  await expect(input(page)).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/consumer-groups\/fraud-check/);
});

test("the palette opens what Enter asked for before its results were there", async ({ page }) => {
  await page.goto("/event-hubs/orders/consumer-groups/billing");
  await expect(page.getByRole("banner")).toContainText("Live");
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/v1/overview", async (route) => {
    await held;
    await route.fallback();
  });
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("fraud");
  await expect(palette(page)).toContainText("Loading…");
  await expect(palette(page).getByRole("option")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toContainText("Loading…");
  release();
  await expect(page).toHaveURL(/\/consumer-groups\/fraud-check/);
  await expect(palette(page)).toHaveCount(0);
});

test("the palette shows the first result, whatever was typed or chosen before", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("banner")).toContainText("Live");
  await page.keyboard.press("ControlOrMeta+k");
  const chosen = palette(page).getByRole("option", { selected: true });
  await expect(chosen).toContainText("All consumer groups");
  // Only the list scrolls.
  expect(await palette(page).evaluate((dialog) => dialog.scrollHeight - dialog.clientHeight)).toBe(0);
  for (const letter of "res") {
    await page.keyboard.press("End");
    await page.keyboard.type(letter);
    await expect(palette(page).getByRole("option").first()).toHaveAttribute("aria-selected", "true");
    await expect(chosen).toBeInViewport({ ratio: 1 });
    for (let down = 0; down < 30; down += 1) await page.keyboard.press("ArrowDown");
  }
});

test("the palette does what can be done from anywhere", async ({ page }) => {
  await page.goto("/event-hubs/orders/consumer-groups/billing");
  await expect(page.getByRole("banner")).toContainText("Live");
  const run = async (words: string) => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type(words);
    await expect(palette(page).getByRole("option").first()).toBeVisible();
    await page.keyboard.press("Enter");
  };
  await run("pause live");
  await expect(page.getByRole("banner")).toContainText("Paused");
  await run("resume live");
  await expect(page.getByRole("banner")).toContainText("Live");
  await run("dark theme");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const coming = page.waitForEvent("download");
  await run("export billing");
  expect((await coming).suggestedFilename()).toMatch(/^orders-billing-positions-.*\.csv$/);
  await expect(palette(page)).toHaveCount(0);
  await run("billing owners");
  await expect(page.getByRole("tab", { name: "Owners", selected: true })).toBeVisible();
  await run("reset billing");
  await expect(page).toHaveURL(/\/consumer-groups\/billing\/reset\?store=main/);
});

test("the palette that still exports takes the next action, and stays for it", async ({ page }) => {
  const released = Promise.withResolvers<void>();
  await page.route("**/consumer-groups/billing/positions?*", async (route) => {
    await released.promise;
    await route.continue();
  });
  await page.goto("/event-hubs/orders/consumer-groups/billing");
  await expect(page.getByRole("banner")).toContainText("Live");
  const coming = page.waitForEvent("download");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("export positions of billing");
  await expect(palette(page).getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(palette(page)).toContainText("Exporting…");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("move several");
  released.resolve();
  await coming;
  await page.keyboard.type(" groups");
  await expect(input(page)).toHaveValue("move several groups");
  await expect(palette(page)).not.toContainText("Exporting…");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/orders\/move-groups/);
});

test("the focus is back where it was after the palette did something and after the keys were shown", async ({
  page,
}) => {
  await page.goto("/event-hubs/orders/consumer-groups/billing");
  await expect(page.getByRole("banner")).toContainText("Live");
  const before = page.getByRole("button", { name: "CSV" });
  await before.focus();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("pause live");
  await expect(palette(page).getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("banner")).toContainText("Paused");
  await expect(palette(page)).toHaveCount(0);
  await expect(before).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(input(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(before).toBeFocused();
});
