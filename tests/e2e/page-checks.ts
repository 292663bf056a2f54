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

/** What moved by itself, from now on or since the page was loaded. What the reader's own press moves is no shift. */
export async function watchShifts(page: Page, { sinceLoad = false } = {}): Promise<() => Promise<number>> {
  await page.evaluate((buffered) => {
    const all: number[] = [];
    Object.assign(window, { shifts: all });
    new PerformanceObserver((list) => {
      type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
      for (const entry of list.getEntries() as Shift[]) if (!entry.hadRecentInput) all.push(entry.value);
    }).observe({ type: "layout-shift", buffered });
  }, sinceLoad);
  return () =>
    page.evaluate(() =>
      (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0),
    );
}
