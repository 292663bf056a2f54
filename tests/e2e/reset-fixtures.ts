import { startResettingDashboard, startResetWorld } from "#tests/support/worlds/browser-reset-world.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import type { LocalWorld } from "#tests/support/worlds/local-world.ts";
import { test as base, ready } from "./fixtures.ts";

interface WorkerFixtures {
  resetWorld: LocalWorld;
  resetDashboard: TestDashboard;
}

/** Tests on a world that they may change, with a dashboard that may too; one for each worker. */
export const test = base.extend<object, WorkerFixtures>({
  resetWorld: [
    async ({ partitionCount }, use) => {
      const world = await startResetWorld(partitionCount);
      await use(world);
      await world.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  resetDashboard: [
    async ({ resetWorld }, use) => {
      const dashboard = await startResettingDashboard(resetWorld);
      await ready(dashboard);
      await use(dashboard);
      await dashboard.end();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ resetDashboard }, use) => use(resetDashboard.url),
});
