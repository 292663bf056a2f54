import { test as base, expect, type Page } from "@playwright/test";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

/** Starts what one test needs for itself; all of it ends with the test, failed or not, the last first. */
interface Own {
  world(eventHubs: Parameters<typeof startLocalWorld>[0]): Promise<LocalWorld>;
  /** A dashboard that reads each hub every second, and has read or failed to read each once. */
  dashboard(config: object): Promise<TestDashboard>;
  endAfterwards(end: () => unknown): void;
}

interface Fixtures {
  quiet: undefined;
  ignoredComplaints: RegExp | null;
  own: Own;
}

/** Tests that fail on anything the browser complains of, and press nothing before the page's script is at work. */
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
      // Next writes the address of each navigation once that has rendered: until then it may be an older one.
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
      const response = await reload.apply(page, args);
      await atWork(page);
      return response;
    };
    await use(page);
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
      dashboard: async (config) => {
        const dashboard = await startDashboard({ refreshSeconds: 1, ...config });
        ends.push(() => dashboard.end());
        return dashboard;
      },
      endAfterwards: (end) => ends.push(end),
    });
    // A stream that breaks off is a complaint of the browser's: the page is left first.
    await page.goto("about:blank");
    for (const end of ends.reverse()) await end();
  },
});

/** Waits until every hub was read or has failed. */
export async function ready({ url }: TestDashboard): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 60_000, intervals: [50] })
    .toBe(200);
}

/** Waits until React has taken over every control of a page of ours: what is pressed before is lost. */
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

export { expect };
