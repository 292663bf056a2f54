import { describe, expect, it, onTestFinished } from "vitest";
import type { AdmittedCaller } from "#lib/server/access/caller.ts";
import { anonymous } from "#lib/server/access/caller.ts";
import type { Config } from "#lib/server/config/config.ts";
import { createDashboard } from "#lib/server/dashboard.ts";
import { engines, newFolder, newPostgresDatabase } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";

const waiting = { timeout: 20_000, interval: 50 };
const ann: AdmittedCaller = { ...anonymous, name: "ann" };

async function start(config: Config) {
  const dashboard = await createDashboard(config);
  let isRunning = true;
  const stop = async () => {
    if (isRunning) await dashboard.stop();
    isRunning = false;
  };
  onTestFinished(stop);
  dashboard.start();
  const gone = () =>
    Object.fromEntries(
      dashboard.runtime.eventHub("orders").consumerGroups.map(({ name, goneSince }) => [name, goneSince]),
    );
  await expect.poll(() => dashboard.runtime.readiness().ready, waiting).toBe(true);
  return { runtime: dashboard.runtime, gone, stop };
}

describe.each(engines)("a group that is gone, in %s", (kind) => {
  it("stays over a restart until it is dismissed, and the dismissal stays, too, and is in the activity", async () => {
    const world = await startLocalWorld([{ name: "orders", partitionCount: 1, consumerGroups: ["billing"] }]);
    onTestFinished(() => world.stop());
    world.enqueue("orders", "0", 100);
    await world.checkpoint("orders", "billing", "0", 89);
    await world.checkpoint("orders", "audit", "0", 99);
    const config = testConfig({
      refreshSeconds: 0.3,
      hubs: [world.hubConfig("orders")],
      dataDir: newFolder(),
      ...(kind === "postgres" && { databaseUrl: (await newPostgresDatabase()).reveal() }),
    });
    const address = { hub: "orders", group: "Billing", store: undefined };
    const first = await start(config);
    expect(first.gone()).toEqual({ audit: null, billing: null });
    await expect(first.runtime.dismissGroup(address, ann)).rejects.toMatchObject({ code: "conflict" });
    await world.container.deleteBlob("localhost/orders/billing/checkpoint/0");
    await expect.poll(() => first.gone().billing, waiting).toEqual(expect.any(String));
    const since = first.gone().billing;
    expect(first.runtime.eventHub("orders").totalLag).toBe(0);
    expect(new TextDecoder().decode(await first.runtime.metrics())).not.toContain("billing");
    await first.stop();

    const second = await start(config);
    await expect
      .poll(() => second.gone(), waiting)
      .toMatchObject({ audit: null, billing: expect.any(String) });
    await expect.poll(() => second.gone().billing, waiting).toBe(since);
    const { observedAt } = second.runtime.eventHub("orders");
    await second.runtime.dismissGroup(address, ann);
    expect(second.gone()).toEqual({ audit: null });
    await expect.poll(() => second.runtime.eventHub("orders").observedAt, waiting).not.toBe(observedAt);
    expect(second.gone()).toEqual({ audit: null });
    const { entries } = await second.runtime.activity({});
    expect(entries).toMatchObject([
      { actor: "ann", action: "dismissGroup", hub: "orders", group: "billing", outcome: "done" },
    ]);
    await second.stop();

    const third = await start(config);
    expect(third.gone()).toEqual({ audit: null });
    await world.checkpoint("orders", "billing", "0", 95);
    await expect.poll(() => third.gone(), waiting).toEqual({ audit: null, billing: null });
  });
});
