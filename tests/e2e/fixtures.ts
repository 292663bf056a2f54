import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import type { LocalWorld } from "#tests/support/worlds/local-world.ts";
import { browserConfig, startBrowserWorld } from "#tests/support/worlds/worlds.ts";
import { test as base, ready } from "./quiet-fixtures.ts";

interface WorkerFixtures {
  world: LocalWorld;
  dashboard: TestDashboard;
}

export const test = base.extend<object, WorkerFixtures>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a pattern here
    async ({}, use) => {
      const world = await startBrowserWorld(32);
      await use(world);
      await world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  dashboard: [
    async ({ world }, use) => {
      const dashboard = await startDashboard(browserConfig(world));
      await ready(dashboard);
      await use(dashboard);
      await dashboard.end();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ dashboard }, use) => use(dashboard.url),
});
