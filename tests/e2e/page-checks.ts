import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** What a theme may change; all else of a page is the same in both, and looked at once. */
const themeRules = ["color-contrast", "link-in-text-block"];

/** The page has no fault that axe can find, in either theme. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, themeRules);
}

/** The page has no fault that axe can find, by all of its rules or by some. */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // No page has a frame, for which alone axe would open a page of its own: that and what passes take two thirds of its time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({
    resultTypes: ["violations"],
    ...(rules === undefined ? {} : { runOnly: { type: "rule", values: rules } }),
  });
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
  ).toEqual([]);
}

/** Nothing sticks out to the side. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(excess, "pixels that the page is wider than the window").toBeLessThanOrEqual(0);
}
