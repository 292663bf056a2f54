import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Reset, ResetPlan } from "#lib/api/resets.ts";
import type { Target } from "#lib/api/target.ts";
import { createDashboard, type Dashboard } from "#lib/server/dashboard.ts";
import { newFolder } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { officialProcessor } from "#tests/support/worlds/planning-world.ts";

const admin1 = { name: "admin-1", key: "admin-1", role: "operator" as const, scope: null };
const group = "billing";
const address = { hub: "Orders", group, store: undefined };

let world: LocalWorld;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "Orders", partitionCount: 3, consumerGroups: [group, "tidemark"] }]);
  for (const id of ["0", "1", "2"]) world.enqueue("Orders", id, 30);
});
afterAll(() => world?.stop());

async function startedDashboard(): Promise<Dashboard> {
  const over = {
    ownershipExpirationSeconds: 1,
    inspectionConsumerGroup: "tidemark",
    consumerGroups: [group],
  };
  const hubs = [world.hubConfig("Orders", over)];
  const dashboard = await createDashboard(testConfig({ refreshSeconds: 0.5, hubs, dataDir: newFolder() }));
  onTestFinished(() => dashboard.stop());
  dashboard.start();
  await expect.poll(() => dashboard.runtime.readiness().ready, { timeout: 10_000 }).toBe(true);
  return dashboard;
}

async function runToTheEnd(startsAtEarliest: boolean): Promise<Record<string, number>> {
  const processor = officialProcessor(world.eventHubs, world.container, {
    eventHub: "Orders",
    group,
    startsAtEarliest,
  });
  await expect.poll(() => [...processor.last.values()], { timeout: 15_000 }).toEqual([29, 29, 29]);
  await processor.stop();
  expect(processor.errors).toEqual([]);
  return Object.fromEntries(processor.first);
}

it("previews, applies and undoes a reset from end to end, and its processors go where they are told", async () => {
  const { runtime } = await startedDashboard();
  const { resets } = runtime;
  await runToTheEnd(true);

  const request = (target: Target) => ({
    partitions: "all" as const,
    mode: "offline" as const,
    handlerSeconds: 30,
    target,
  });
  const isFree = async () =>
    (await resets.preview(address, request({ kind: "latest" }), admin1)).entries.every(
      ({ blockedBy }) => blockedBy === null,
    );
  await expect.poll(isFree, { timeout: 10_000 }).toBe(true);
  const apply = async ({ planId }: ResetPlan): Promise<Reset> => {
    const { id } = await resets.apply(address, { planId, confirm: "BILLING" }, admin1);
    await expect.poll(async () => (await resets.reset(id)).state, { timeout: 15_000 }).toBe("done");
    return resets.reset(id);
  };
  const before = await resets.positions(address, admin1);

  const reset = await apply(
    await resets.preview(address, request({ kind: "sequenceNumber", value: 12 }), admin1),
  );
  expect(reset.entries.map(({ result, after }) => [result, after?.sequenceNumber])).toEqual([
    ["written", 11],
    ["written", 11],
    ["written", 11],
  ]);
  const undone = await apply(await resets.undo(reset.id, admin1));
  expect(undone.entries.map(({ result }) => result)).toEqual(["written", "written", "written"]);
  expect((await resets.positions(address, admin1)).positions).toEqual(before.positions);

  await apply(await resets.preview(address, request({ kind: "shift", by: -18 }), admin1));
  expect(await runToTheEnd(false)).toEqual({ "0": 12, "1": 12, "2": 12 });
});
