import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Only these rules depend on the theme. The others are checked in one theme. */
const themeRules = ["color-contrast", "link-in-text-block"];

export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, themeRules);
}

export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // No page has a frame, and only for those would axe open a page of its own. That and the list of passes
  // take two thirds of its time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({
    resultTypes: ["violations"],
    ...(rules === undefined ? {} : { runOnly: { type: "rule", values: rules } }),
  });
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
  ).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(excess, "pixels that the page is wider than the window").toBeLessThanOrEqual(0);
  const cut = await page
    .locator("thead th span:not(.sr-only):visible, [data-chip]:visible")
    .evaluateAll((labels) =>
      labels.filter((label) => label.scrollWidth > label.clientWidth).map((label) => label.textContent),
    );
  expect(cut, "column heads and chips that are cut").toEqual([]);
}
