import type { Page } from "@playwright/test";
import { test } from "#tests/e2e/fixtures.ts";
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from "#tests/e2e/page-checks.ts";
import { expect } from "#tests/e2e/quiet-fixtures.ts";

test.use({ ignoredComplaints: /a planted fault/ });

async function expectPlain(page: Page, title: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByRole("main")).toContainText(
    "The browser’s console names the cause: a planted fault",
  );
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
}

test("a page that fails says so below the header, and a reload shows it", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => {
    const get = () => {
      throw new Error("a planted fault");
    };
    Object.defineProperty(Intl.NumberFormat.prototype, "format", { get });
  });
  // The next refresh is drawn with it.
  await expectPlain(page, "This page failed");
  await expect(page.getByRole("banner")).toBeVisible();
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Consumer groups");
});

test("a shell that fails leaves a plain page in the reader's theme, and a reload shows all", async ({
  page,
}) => {
  await page.goto("/");
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "dark";
  });
  const before = await page.evaluate(styles);
  await page.evaluate(() => {
    // The palette stands in the header, above whatever page there is.
    HTMLInputElement.prototype.setSelectionRange = () => {
      throw new Error("a planted fault");
    };
  });
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("banner")).toHaveCount(0);
  expect(await page.evaluate(styles)).toEqual(before);
  await expectPlain(page, "The dashboard could not show this page");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Consumer groups");
});

function styles(): { backgroundColor: string; fontFamily: string } {
  const { backgroundColor, fontFamily } = getComputedStyle(document.documentElement);
  return { backgroundColor, fontFamily };
}
