import type { Page } from "@playwright/test";
import { test } from "#tests/e2e/fixtures.ts";
import { expect } from "#tests/e2e/quiet-fixtures.ts";
import { holdScripts } from "./held-scripts.ts";

const heading = (page: Page) => page.getByRole("main").getByRole("heading", { level: 1 });

test("the way back leads to the place on the page that a link of it led to", async ({ page }) => {
  const figures = "What the figures mean";
  await page.goto("/help/figures");
  await page.getByRole("navigation", { name: "On this page" }).getByRole("link").nth(1).click();
  await expect(page).toHaveURL(/\/help\/figures#/);
  const { hash } = new URL(page.url());
  await expect(page.locator(`${hash}:target`)).toBeInViewport();
  await page.getByRole("link", { name: "Alerts" }).first().click();
  await expect(page).toHaveURL(/\/help\/alerts$/);
  await expect(heading(page)).not.toHaveText(figures);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/help/figures${hash}$`));
  await expect(heading(page)).toHaveText(figures);
  await page.goBack();
  await expect(page).toHaveURL(/\/help\/figures$/);
  await expect(heading(page)).toHaveText(figures);
});

test("the way back to what was there before the page's script ran shows it", async ({ page }) => {
  const release = await holdScripts(page);
  const atWork = page.goto("/help/figures");
  await page.getByRole("navigation", { name: "On this page" }).getByRole("link").nth(1).click();
  await expect(page).toHaveURL(/\/help\/figures#/);
  release();
  await atWork;
  await page.getByRole("link", { name: "Alerts" }).first().click();
  await expect(page).toHaveURL(/\/help\/alerts$/);
  await expect(heading(page)).not.toHaveText("What the figures mean");
  await page.evaluate(() => window.history.go(-2));
  await expect(page).toHaveURL(/\/help\/figures$/);
  await expect(heading(page)).toHaveText("What the figures mean");
});

test("the way past the header focuses the content and is no step of the way back", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "fraud-check", exact: true }).first().click();
  await expect(heading(page)).toContainText("fraud-check");
  const address = page.url();
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await skip.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page).toHaveURL(address);
  await page.goBack();
  await expect(heading(page)).toHaveText("Consumer groups");
});
