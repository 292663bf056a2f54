import { helpPages } from "#lib/client/help/help-contents.ts";
import { pictureSize } from "#lib/client/help/picture-size.ts";
import { test } from "./fixtures.ts";
import { expectAccessibleInBothThemes } from "./page-checks.ts";
import { expect } from "./quiet-fixtures.ts";

test("the help is found by a word from anywhere, and has no fault that axe finds", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("banner")).toContainText("Live");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("stalled");
  const option = page.getByRole("option").filter({ hasText: "What the figures mean" });
  await expect(option.first()).toContainText("Stalled");
  await option.first().click();
  await expect(page).toHaveURL(/\/help\/figures#stalled$/);
  await expect(page.locator("#stalled")).toBeInViewport();
  await expectAccessibleInBothThemes(page);
  await page.goto("/help");
  await expect(page.getByRole("article").getByRole("term")).toHaveCount(helpPages.length);
  await expectAccessibleInBothThemes(page);
});

test("a picture has its room before it has loaded, so that a link lands on its heading", async ({ page }) => {
  await page.route("**/help/*.webp", () => {});
  await page.goto("/help/resets");
  const picture = page.getByRole("article").getByRole("img").first();
  await picture.scrollIntoViewIfNeeded();
  const { width = 0, height = 0 } = (await picture.boundingBox()) ?? {};
  expect(height / width).toBeCloseTo(pictureSize.height / pictureSize.width, 1);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("what is wrong leads to its paragraph in one click", async ({ page }) => {
  const lead = async (mark: RegExp, to: RegExp) => {
    await page.getByRole("main").getByRole("link", { name: mark }).first().click();
    await expect(page).toHaveURL(to);
    const anchor = new URL(page.url()).hash.slice(1);
    await expect(page.locator(`[id="${anchor}"]`)).toBeInViewport();
  };
  await page.goto("/event-hubs/orders/consumer-groups/broken");
  await lead(/^Help: .*unreadable/, /\/help\/figures#why-a-lag-is-a-dash$/);
  await page.goto("/event-hubs/orders/consumer-groups/broken");
  await expect(page.getByRole("banner")).toContainText("Live");
  await page.getByRole("button", { name: "Details of 0" }).click();
  await lead(/^Help: checkpoint/, /\/help\/reasons#checkpoint[a-z]+$/);
  await page.goto("/event-hubs/orders/diagnosis");
  await lead(/^Help: /, /\/help\/reasons#\w+$/);
  await page.goto("/incidents");
  await lead(/how to be paged/, /\/help\/alerts#be-paged$/);
  await page.getByRole("button", { name: "Nobody is signed in" }).click();
  await page.getByRole("menuitem", { name: "What each role may do" }).click();
  await expect(page).toHaveURL(/\/help\/sign-in#what-each-role-may-do$/);
});

test("a column's head, a chip and a figure are explained where one points, and F1 leads on", async ({
  page,
}) => {
  await page.goto("/");
  await expect(page.getByRole("banner")).toContainText("Live");
  const tip = page.getByRole("tooltip");
  await page.getByRole("columnheader", { name: "Lag", exact: true }).getByRole("button").hover();
  await expect(tip).toContainText("Events that the group has not processed yet");
  const chip = page.locator("[data-about^=chip]:visible").first();
  const own = (await chip.getAttribute("data-tip")) ?? "";
  await chip.hover();
  await expect(tip).toContainText(/\.\s*More in the help/);
  await expect(tip).toContainText(own);
  await page.getByRole("main").getByRole("link", { name: "Max time lag" }).hover();
  await expect(tip).toContainText("A group that is caught up has none.");
  await page.keyboard.press("F1");
  await expect(page).toHaveURL(/\/help\/figures#time-lag$/);
});
