import type { Reset, ResetPlan } from "#lib/api/resets.ts";
import { startResettingDashboard, startResetWorld } from "#tests/support/worlds/browser-reset-world.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import type { LocalWorld } from "#tests/support/worlds/local-world.ts";
import { test as base, expect, ready } from "./quiet-fixtures.ts";

interface WorkerFixtures {
  resetWorld: LocalWorld;
  resetDashboard: TestDashboard;
}

export const test = base.extend<object, WorkerFixtures>({
  resetWorld: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a pattern here
    async ({}, use) => {
      const world = await startResetWorld();
      await use(world);
      await world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  resetDashboard: [
    async ({ resetWorld }, use) => {
      const dashboard = await startResettingDashboard(resetWorld);
      await ready(dashboard);
      await use(dashboard);
      await dashboard.end();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ resetDashboard }, use) => use(resetDashboard.url),
});

export async function resetOverHttp(
  { url }: TestDashboard,
  group: string,
  partitions: string[],
  by: number,
): Promise<string> {
  const api = `${url}/api/v1`;
  const call = async (path: string, body?: object) => {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    return await (await fetch(`${api}${path}`, body === undefined ? {} : init)).json();
  };
  const resets = `/event-hubs/orders/consumer-groups/${group}/resets`;
  const target = { kind: "shift", by };
  const { planId } = (await call(`${resets}/preview`, { partitions, target, mode: "offline" })) as ResetPlan;
  const { id } = (await call(resets, { planId, confirm: group })) as Reset;
  await expect.poll(async () => ((await call(`/resets/${id}`)) as Reset).state).toBe("done");
  return id;
}
