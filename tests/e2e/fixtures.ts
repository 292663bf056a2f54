import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import type { LocalWorld } from "#tests/support/worlds/local-world.ts";
import { browserConfig, startBrowserWorld } from "#tests/support/worlds/worlds.ts";

interface WorkerFixtures {
  /** Of the hub `telemetry`. A thousand cost a good part of a core all the time: only for tests that look at them. */
  partitionCount: number;
  world: LocalWorld;
  dashboard: TestDashboard;
}

/** Tests get a real world with a dashboard on it, one for each worker, and fail on anything the browser complains of. */
export const test = base.extend<{ quiet: undefined; ignoredComplaints: RegExp | null }, WorkerFixtures>({
  ignoredComplaints: [null, { option: true }],
  partitionCount: [32, { option: true, scope: "worker" }],
  world: [
    async ({ partitionCount }, use) => {
      const world = await startBrowserWorld(partitionCount);
      await use(world);
      await world.stop();
    },
    { scope: "worker" },
  ],
  dashboard: [
    async ({ world }, use) => {
      const dashboard = await startDashboard(browserConfig(world));
      await ready(dashboard);
      await use(dashboard);
      await dashboard.end();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ dashboard }, use) => use(dashboard.url),
  quiet: [
    async ({ page, ignoredComplaints }, use) => {
      const complaints = listen(page);
      await use(undefined);
      const unexpected = complaints().filter((text) => ignoredComplaints?.test(text) !== true);
      expect(unexpected, "what the browser complained of").toEqual([]);
    },
    { auto: true },
  ],
});

/** Waits until every hub was read or has failed. */
export async function ready({ url }: TestDashboard): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 30_000, intervals: [50] })
    .toBe(200);
}

// Violations of the content security policy are told on the console as well.
function listen(page: Page): () => string[] {
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      heard.push(`${message.type()}: ${message.text()} (${page.url()})`);
    }
  });
  return () => heard;
}

/** The page has no fault that axe can find, in either theme. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    // A colour half-way from one theme to the other is nobody's.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectAccessible(page);
  }
}

/** The page has no fault that axe can find. */
export async function expectAccessible(page: Page): Promise<void> {
  // No page has a frame, for which alone axe would open a page of its own: that and what passes take two thirds of its time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
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

export { expect };
