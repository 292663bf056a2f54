import type { Page } from "@playwright/test";
import { test } from "#tests/e2e/fixtures.ts";
import { expect } from "#tests/e2e/quiet-fixtures.ts";
import { holdScripts } from "./held-scripts.ts";

const viewButton = (page: Page) => page.getByRole("button", { name: "Theme and time zone" });
const theme = (page: Page) => page.locator("html");

test("keys pressed before the menu is loaded are the menu's, and the focus goes back to its button", async ({
  page,
}) => {
  await page.goto("/");
  const release = await holdScripts(page);
  await viewButton(page).focus();
  for (const key of ["Enter", "ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await expect(theme(page)).not.toHaveAttribute("data-theme");
  release();
  await expect(theme(page)).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(viewButton(page)).toBeFocused();
  await expect(viewButton(page)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitemradio", { name: "As the system" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(viewButton(page)).toBeFocused();
});

test("a menu that loads too late does not take the focus from whoever went on", async ({ page }) => {
  await page.goto("/");
  const release = await holdScripts(page);
  const loaded = page.waitForResponse("**/_next/static/chunks/*.js");
  await viewButton(page).click();
  await expect(viewButton(page)).toHaveAttribute("aria-expanded", "true");
  const filter = page.getByLabel("Filter groups");
  await filter.click();
  await expect(viewButton(page)).toHaveAttribute("aria-expanded", "false");
  release();
  await (await loaded).finished();
  await viewButton(page).hover();
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(filter).toBeFocused();
  await viewButton(page).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await viewButton(page).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
});
