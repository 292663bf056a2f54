import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { createDashboard } from "#lib/server/dashboard.ts";
import { newFolder } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const inputs = ["steady", "bursty", "idle"];
const behindMs = 1_500;

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: inputs.length }]);
});
afterAll(() => world?.stop());

const enqueuedAt = inputs.map((): number[] => []);

function enqueue(partition: number, count: number, at = Date.now()): void {
  world.eventHubs.append(
    "orders",
    String(partition),
    Array.from({ length: count }, () => ({ body: "", enqueuedAt: at })),
  );
  for (let index = 0; index < count; index += 1) enqueuedAt[partition]?.push(at);
}

const last = (partition: number, before: number) =>
  enqueuedAt[partition]?.findLastIndex((at) => at <= before) ?? -1;

interface Look {
  at: number;
  partitions: readonly GroupPartition[];
}

it("tells how long ago the event at the checkpoint was enqueued, within a refresh or a tenth", async () => {
  for (const partition of inputs.keys()) enqueue(partition, 20, Date.now() - 60_000);
  const config = testConfig({
    refreshSeconds: 0.5,
    hubs: [world.hubConfig("orders")],
    dataDir: newFolder(),
  });
  const dashboard = await createDashboard(config);
  onTestFinished(() => dashboard.stop());
  const looks = new Map<string, Look[]>();
  dashboard.runtime.subscribe({}, () => {
    for (const name of ["behind", "level"]) {
      const { observedAt, partitions } = dashboard.runtime.consumerGroup("orders", name);
      looks.set(name, [...(looks.get(name) ?? []), { at: Date.parse(observedAt ?? ""), partitions }]);
    }
  });
  const commit = (name: string, behind: number) =>
    Promise.all(
      [...inputs.keys()].map((partition) =>
        world.checkpoint("orders", name, String(partition), last(partition, Date.now() - behind)),
      ),
    );
  await Promise.all([commit("behind", 0), commit("level", 0)]);
  dashboard.start();

  const startedAt = Date.now();
  let turn = 0;
  const play = async () => {
    turn += 1;
    enqueue(0, 3);
    if (turn % 25 === 1) enqueue(1, 400);
    // One event arrives amid a long silence, and the level group takes it at once.
    if (turn === 60) enqueue(2, 1);
    if (turn % 5 === 0) await Promise.all([commit("behind", behindMs), commit("level", 0)]);
    return Date.now() - startedAt;
  };
  await expect.poll(play, { timeout: 20_000, interval: 90 }).toBeGreaterThan(12_000);

  const [behind = [], level = []] = [looks.get("behind"), looks.get("level")];
  const refreshMs = Math.max(...behind.slice(1).map(({ at }, index) => at - (behind[index]?.at ?? at)));
  expect(behind.length).toBeGreaterThan(10);
  let measured = 0;
  for (const { at, partitions } of behind) {
    for (const [index, { lag, lagSeconds, lagSecondsIsLowerBound, checkpoint }] of partitions.entries()) {
      const truth = (at - (enqueuedAt[index]?.[checkpoint?.sequenceNumber ?? -1] ?? Number.NaN)) / 1000;
      const name = `${inputs[index]}: ${lagSeconds} s told, ${truth} s in truth`;
      const margin = Math.max(refreshMs / 1000, truth / 10);
      if (lag === 0) expect(lagSeconds, name).toBe(0);
      else if (lagSecondsIsLowerBound) expect(lagSeconds, name).toBeLessThanOrEqual(truth + 0.1);
      else {
        measured += 1;
        expect(Math.abs((lagSeconds ?? Number.NaN) - truth), name).toBeLessThanOrEqual(margin);
      }
    }
  }
  expect(measured).toBeGreaterThan(20);
  const quiet = level.filter(({ partitions }) => partitions[2]?.lag === 0);
  expect(quiet.length).toBeGreaterThan(10);
  expect(quiet.every(({ partitions }) => partitions[2]?.lagSeconds === 0)).toBe(true);
});
