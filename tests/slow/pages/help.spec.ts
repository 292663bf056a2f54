import { helpPages } from "#lib/client/help/help-contents.ts";
import { helpPagePath } from "#lib/client/help/help-pages.ts";
import { test } from "#tests/e2e/fixtures.ts";
import { expectNoSidewaysScroll } from "#tests/e2e/page-checks.ts";
import { expect } from "#tests/e2e/quiet-fixtures.ts";

test("each page of the help fits a phone and a sheet of paper", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const { slug } of helpPages) {
    await page.goto(helpPagePath(slug));
    await expect(page.getByRole("article").getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
  await page.goto("/help/figures");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 794, height: 1123 });
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  const picture = page.getByRole("img", { name: /^A consumer group/ });
  await expect(picture).toHaveAttribute("src", /-light\.webp$/);
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(250, 250, 251)");
  await expectNoSidewaysScroll(page);
});
