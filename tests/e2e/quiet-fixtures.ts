import { test as base, expect, type Page } from "@playwright/test";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

/**
 * Starts what one test needs for itself. Everything ends with the test, in reverse order. A dashboard reads
 * every second, and has read each hub once or failed to.
 */
interface Own {
  world(eventHubs: Parameters<typeof startLocalWorld>[0]): Promise<LocalWorld>;
  dashboard(config: object, env?: Record<string, string>): Promise<TestDashboard>;
  endAfterwards(end: () => unknown): void;
}

interface Fixtures {
  quiet: undefined;
  ignoredComplaints: RegExp | null;
  own: Own;
}

/**
 * Tests that fail on any complaint of the browser, and press nothing before the page's script runs.
 * `ignoredComplaints` are what the browser itself logs, such as failed calls and ended streams.
 */
export const test = base.extend<Fixtures>({
  ignoredComplaints: [null, { option: true }],
  page: async ({ page }, use) => {
    const { goto, reload } = page;
    page.goto = async (...args) => {
      const response = await goto.apply(page, args);
      await atWork(page);
      return response;
    };
    page.reload = async (...args) => {
      // Next sets the address only after a navigation has rendered, so until then it may be an older one.
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
      const response = await reload.apply(page, args);
      await atWork(page);
      return response;
    };
    await use(page);
    // A handler that still waits for its answer would fail the test when the page closes.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  },
  quiet: [
    async ({ page, ignoredComplaints }, use) => {
      const complaints = listen(page);
      await use(undefined);
      const unexpected = complaints().filter((text) => ignoredComplaints?.test(text) !== true);
      expect(unexpected, "what the browser complained of").toEqual([]);
    },
    { auto: true },
  ],
  own: async ({ page }, use) => {
    const ends: (() => unknown)[] = [];
    await use({
      world: async (eventHubs) => {
        const world = await startLocalWorld(eventHubs);
        ends.push(() => world.stop());
        return world;
      },
      dashboard: async (config, env = {}) => {
        const dashboard = await startDashboard({ refreshSeconds: 1, ...config }, env);
        ends.push(() => dashboard.end());
        return dashboard;
      },
      endAfterwards: (end) => ends.push(end),
    });
    // The browser complains about a broken stream, so the page is left first.
    await page.goto("about:blank");
    for (const end of ends.reverse()) await end();
  },
});

export async function ready({ url }: TestDashboard): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 60_000, intervals: [50] })
    .toBe(200);
}

/** Waits until React has taken over every control of a page. Earlier clicks are lost. */
export async function atWork(page: Page): Promise<void> {
  const isAtWork = () =>
    page.evaluate(() => {
      if (!document.documentElement.hasAttribute("data-build")) return true;
      const controls = [...document.querySelectorAll("a[href], button, input, select, textarea")];
      return (
        controls.length > 0 &&
        controls.every((control) => Object.keys(control).some((key) => key.startsWith("__reactProps$")))
      );
    });
  await expect.poll(isAtWork, { timeout: 20_000, intervals: [20, 50, 100] }).toBe(true);
}

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

export { expect };
