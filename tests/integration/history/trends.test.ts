import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createDashboard, type Dashboard } from "#lib/server/dashboard.ts";
import { newFolder, openHistory } from "#tests/support/fixtures/history.ts";
import { type RefreshFixture, refresh } from "#tests/support/fixtures/refresh.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const minute = 60_000;
const waiting = { timeout: 10_000, interval: 50 };

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 2, consumerGroups: ["billing"] }]);
  world.enqueue("orders", "0", 40);
  world.enqueue("orders", "1", 40);
  for (const partition of ["0", "1"]) await world.checkpoint("orders", "billing", partition, 37);
});
afterAll(() => world?.stop());

async function start(dataDir: string): Promise<Dashboard> {
  const config = testConfig({ refreshSeconds: 1, hubs: [world.hubConfig("orders")], dataDir });
  const dashboard = await createDashboard(config);
  dashboard.start();
  onTestFinished(() => dashboard.stop());
  return dashboard;
}

function past(fixture: Omit<RefreshFixture, "groupName" | "store">) {
  const one = refresh({ ...fixture, groupName: "billing", store: "main" });
  const names = { id: "orders", fullyQualifiedNamespace: localNamespace, eventHubName: "orders" };
  return { ...one, eventHub: { ...one.eventHub, ...names } };
}

it("goes on with the last hour's trends after a restart, with a gap for the time it was down", async () => {
  const dataDir = newFolder();
  const now = Date.now();
  const before = await openHistory({ kind: "sqlite", folder: dataDir }, { refreshSeconds: 15 });
  // The earlier dashboard ended ten minutes ago. At first partition 1 has no checkpoint, and its bound counts
  // as no lag.
  for (let at = now - 80 * minute; at < now - 10 * minute; at += 15_000) {
    before.record(past({ at, lags: [7, 900], bounds: at < now - 30 * minute ? [1] : [] }));
  }
  await before.written();
  await before.close();

  const dashboard = await start(dataDir);
  const points = () => {
    try {
      return dashboard.runtime
        .trend("orders", "billing")
        .points.map(({ at, lag }) => ({ at: Date.parse(at), lag }));
    } catch {
      return [];
    }
  };
  await expect.poll(() => points().filter(({ at }) => at > now).length, waiting).toBeGreaterThan(1);
  await expect.poll(() => points()[0]?.at ?? now, waiting).toBeLessThan(now - 59 * minute);
  const trend = points();
  expect(trend.length).toBeLessThan(250);
  expect(trend.map(({ at }) => at)).toEqual(trend.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(trend[0]?.at).toBeGreaterThan(now - 61 * minute);
  const lagAt = (ago: number) => trend.findLast(({ at }) => at <= now - ago)?.lag;
  expect(lagAt(50 * minute)).toBe(7);
  expect(lagAt(20 * minute)).toBe(907);
  expect(lagAt(5 * minute)).toBeNull();
  expect(trend.filter(({ lag }) => lag === null)).toHaveLength(1);
  expect(trend.at(-1)?.lag).toBe(4);

  const sparkline = () => dashboard.runtime.overview().trends[0]?.points ?? [];
  await expect
    .poll(() => sparkline().map(({ lag }) => lag), waiting)
    .toEqual(expect.arrayContaining([7, 907, null, 4]));
  expect(Date.parse(sparkline()[0]?.at ?? "")).toBeLessThan(now - 50 * minute);
});
