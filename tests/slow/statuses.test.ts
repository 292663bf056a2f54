import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Secret } from "#lib/core/secret.ts";
import { createDashboard, type Dashboard } from "#lib/server/dashboard.ts";
import { newFolder, newPostgresDatabase } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const waiting = { timeout: 20_000, interval: 50 };
const names = ["stall", "warn", "ok"];

let world: LocalWorld;
beforeAll(async () => {
  const hubs = ["sqlite", "postgres", "allowed", "moved"];
  world = await startLocalWorld(hubs.map((name) => ({ name, partitionCount: 1 })));
});
afterAll(() => world?.stop());

async function start(hub: string, dataDir: string, databaseUrl?: Secret, over = {}): Promise<Dashboard> {
  const config = testConfig({
    refreshSeconds: 0.25,
    hubs: [world.hubConfig(hub, over)],
    dataDir,
    ...(databaseUrl === undefined ? {} : { databaseUrl: databaseUrl.reveal() }),
  });
  const dashboard = await createDashboard(config);
  onTestFinished(() => dashboard.stop());
  dashboard.start();
  return dashboard;
}

function statuses({ runtime }: Dashboard, hub: string): Record<string, string> {
  return Object.fromEntries(runtime.eventHub(hub).consumerGroups.map(({ name, status }) => [name, status]));
}

/**
 * Commits for each group until it has the status in its name, for some seconds at least. Once commits end,
 * the status holds only until the groups count as stopped. The storage tells its time to the second.
 */
async function reach(dashboard: Dashboard, hub: string, groups = names): Promise<void> {
  let turn = 0;
  const isReached = async () => {
    const now = statuses(dashboard, hub);
    if (turn >= 10 && groups.every((name) => now[name] === name)) return true;
    turn += 1;
    world.enqueue(hub, "0", turn === 1 ? 1_000 : 20);
    for (const name of groups) {
      const position = { stall: 4, warn: turn, ok: 30 * turn }[name] ?? 0;
      await world.checkpoint(hub, name, "0", position);
    }
    return false;
  };
  await expect.poll(isReached, { ...waiting, interval: 700 }).toBe(true);
}

function firstStatuses({ runtime }: Dashboard, after: number): Promise<Record<string, string>> {
  return new Promise((resolve) => {
    const end = runtime.subscribe({}, (news) => {
      if (news.event !== "snapshot") return;
      const { observedAt, consumerGroups } = news.data();
      if (Date.parse(observedAt ?? "") <= after) return;
      resolve(Object.fromEntries(consumerGroups.map(({ name, status }) => [name, status])));
      queueMicrotask(() => end());
    });
  });
}

const reached = { stall: "stall", warn: "warn", ok: "ok" };

describe("a status", () => {
  it("is there at the first look after a restart", async () => {
    const folder = newFolder();
    const before = await start("sqlite", folder);
    await reach(before, "sqlite");
    await before.stop();
    const stoppedAt = Date.now();
    expect(await firstStatuses(await start("sqlite", folder), stoppedAt)).toEqual(reached);
  });

  it("is unknown at the very first look, when nothing is remembered", async () => {
    const first = await firstStatuses(await start("sqlite", newFolder()), 0);
    expect(first).toEqual({ stall: "unknown", warn: "unknown", ok: "unknown" });
  });

  it("goes over to the dashboard that takes the hub over", async () => {
    const url = await newPostgresDatabase();
    const first = await start("postgres", newFolder(), url);
    const second = await start("postgres", newFolder(), url);
    await expect.poll(() => statuses(first, "postgres"), waiting).toEqual({});
    await reach(second, "postgres");
    await first.stop();
    const stoppedAt = Date.now();
    expect(await firstStatuses(second, stoppedAt)).toEqual(reached);
  });

  it("is unknown while events come in and a checkpoint belongs to another stream, and so is the hub's", async () => {
    const dashboard = await start("moved", newFolder());
    await world.checkpoint("moved", "old", "0", 5_000);
    const seen = () => {
      world.enqueue("moved", "0", 1);
      const { status, consumerGroups } = dashboard.runtime.eventHub("moved");
      return [status, ...consumerGroups.flatMap((group) => [group.status, group.statusCause])];
    };
    // The first reading may be stale, which ten seconds rule out.
    await expect.poll(seen, waiting).toEqual(["ok", "ok", null]);
    await expect.poll(seen, waiting).toEqual(["unknown", "unknown", "ahead"]);
  });

  it("is ok within the lag that is allowed to the group", async () => {
    const settings = [
      { consumerGroup: "WAR*", allowedLag: 10_000 },
      { consumerGroup: "st*", allowedLag: 2 },
    ];
    const over = { allowedLag: 1, consumerGroupSettings: settings };
    const dashboard = await start("allowed", newFolder(), undefined, over);
    await reach(dashboard, "allowed", ["stall"]);
    await world.checkpoint("allowed", "warn", "0", 1);
    await expect.poll(() => statuses(dashboard, "allowed"), waiting).toEqual({ stall: "stall", warn: "ok" });
    const { consumerGroups } = dashboard.runtime.eventHub("allowed");
    expect(consumerGroups.map(({ allowedLag }) => allowedLag)).toEqual([2, 10_000]);
  });
});
