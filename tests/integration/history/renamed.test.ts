import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { AlertRule } from "#lib/api/alerts.ts";
import type { Config } from "#lib/server/config/config.ts";
import { createDashboard } from "#lib/server/dashboard.ts";
import { engines, newFolder, newPostgresDatabase } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const waiting = { timeout: 20_000, interval: 50 };
const rule: AlertRule = {
  id: "behind",
  when: { lag: 5 },
  hubs: ["*"],
  groups: ["*"],
  forSeconds: 0,
  repeatSeconds: null,
  severity: "warning",
  channels: [],
};

async function start(config: Config) {
  const dashboard = await createDashboard(config);
  let isRunning = true;
  const stop = async () => {
    if (isRunning) await dashboard.stop();
    isRunning = false;
  };
  onTestFinished(stop);
  dashboard.start();
  const { runtime } = dashboard;
  const running = dashboard.runConfig(() => {});
  const incidents = async () => {
    const { incidents: all } = await runtime.alerts.incidents({}, undefined);
    return all.map(({ id, hub, state }) => ({ id, hub, state }));
  };
  /** A restart rounds the first point of a trend down. */
  const firstSeen = (hub: string) => {
    const at = runtime.trend(hub, "billing", undefined).points[0]?.at;
    return at === undefined ? Number.NaN : Date.parse(at);
  };
  return { runtime, running, incidents, firstSeen, stop };
}

let world: LocalWorld;
beforeAll(async () => {
  const groups = { partitionCount: 1, consumerGroups: ["billing"] };
  world = await startLocalWorld([
    { name: "orders", ...groups },
    { name: "clicks", ...groups },
  ]);
  for (const hub of ["orders", "clicks"]) {
    world.enqueue(hub, "0", 20);
    await world.checkpoint(hub, "billing", "0", 9);
  }
});
afterAll(() => world?.stop());

describe.each(engines)("a hub's new id, in %s", (kind) => {
  it("goes on with incidents and figures, over a restart, while it runs, and back again", async () => {
    const database = kind === "postgres" ? { databaseUrl: (await newPostgresDatabase()).reveal() } : {};
    const dataDir = newFolder();
    const named = (id: string) =>
      testConfig({
        refreshSeconds: 0.3,
        hubs: [world.hubConfig("orders", { id })],
        alertRules: [rule],
        dataDir,
        ...database,
      });
    const first = await start(named("orders"));
    await expect.poll(first.incidents, waiting).toEqual([{ id: 1, hub: "orders", state: "open" }]);
    await expect.poll(() => first.firstSeen("orders"), waiting).toBeGreaterThan(0);
    const since = first.firstSeen("orders");
    await first.stop();

    const second = await start(named("sales"));
    await expect.poll(() => second.firstSeen("sales"), waiting).toBeLessThanOrEqual(since);
    await expect.poll(second.incidents, waiting).toEqual([{ id: 1, hub: "sales", state: "open" }]);

    for (const id of ["shop", "sales"]) {
      await second.running.apply(named(id));
      await expect.poll(() => second.firstSeen(id), waiting).toBeLessThanOrEqual(since);
      await expect.poll(second.incidents, waiting).toEqual([{ id: 1, hub: id, state: "open" }]);
    }
  });

  it("begins anew when it stands for another hub, or the former id still has its own", async () => {
    const database = kind === "postgres" ? { databaseUrl: (await newPostgresDatabase()).reveal() } : {};
    const dataDir = newFolder();
    const config = (...hubs: object[]) =>
      testConfig({ refreshSeconds: 0.3, hubs, alertRules: [rule], dataDir, ...database });
    const first = await start(config(world.hubConfig("orders", { id: "a" })));
    await expect.poll(first.incidents, waiting).toEqual([{ id: 1, hub: "a", state: "open" }]);
    const since = first.firstSeen("a");
    await first.stop();

    const second = await start(
      config(
        world.hubConfig("orders", { id: "a" }),
        world.hubConfig("orders", { id: "b", consumerGroups: ["billing"] }),
        world.hubConfig("clicks", { id: "c" }),
      ),
    );
    await expect
      .poll(async () => (await second.incidents()).map(({ hub }) => hub).sort(), waiting)
      .toEqual(["a", "b", "c"]);
    expect((await second.incidents()).find(({ hub }) => hub === "a")?.id).toBe(1);
    await expect.poll(() => second.firstSeen("a"), waiting).toBeLessThanOrEqual(since);
    expect(second.firstSeen("b")).toBeGreaterThan(since);
  });
});
