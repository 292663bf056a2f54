import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Reset } from "#lib/api/resets.ts";
import { newFolder, newPostgresDatabase } from "#tests/support/fixtures/history.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { ownersOf, standsAt, untilShared } from "#tests/support/worlds/live/group-blobs.ts";
import { type LiveChild, startLiveChild } from "#tests/support/worlds/live/live-child.ts";
import { startProcessors } from "#tests/support/worlds/live/live-world.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const ids = ["0", "1", "2", "3"];
const waiting = { timeout: 60_000, interval: 100 };

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([
    { name: "orders", partitionCount: ids.length, consumerGroups: ["killed", "shared", "inspect"] },
  ]);
  for (const id of ids) world.enqueue("orders", id, 300);
  // The service goes on refusing processors after a reader of a higher level ended without a word.
  world.eventHubs.lingerLevels(120);
});
afterAll(() => world?.stop());

const readOn = (group: string, more: number) => async () =>
  [...(await standsAt(world, group)).values()].filter((at) => at >= more).length;

const leastQuietSeconds = 4;

async function startGroup(group: string) {
  const processors = startProcessors(world, group, 2);
  onTestFinished(() => processors.close());
  await expect.poll(readOn(group, 299), waiting).toBe(ids.length);
  await untilShared(world, group, 2);
}

async function start(over: { dataDir: string; databaseUrl?: string }): Promise<LiveChild> {
  const child = await startLiveChild(world, ["orders"], {
    liveResets: { partitionsAtOnce: 2, leastQuietSeconds },
    expirationSeconds: 5,
    ...over,
  });
  onTestFinished(() => void child.process.kill("SIGKILL"));
  return child;
}

async function holding(child: LiveChild, group: string): Promise<Reset> {
  const target = { kind: "sequenceNumber" as const, value: 100 };
  const plan = await child.preview(group, { partitions: "all", target, mode: "live", handlerSeconds: 1 });
  expect(plan.blockedBy).toBeNull();
  // The quiet time exceeds the least one by what was observed, so it depends on the machine's speed.
  for (const { holds } of plan.entries) expect(holds?.seconds).toBeGreaterThan(leastQuietSeconds);
  const { id } = await child.apply(plan);
  const steps = async () => (await child.reset(id)).entries.filter(({ live }) => live?.step === "holding");
  await expect.poll(async () => (await steps()).length, waiting).toBe(2);
  return child.reset(id);
}

async function expectClearedUp(child: LiveChild, group: string, id: string): Promise<void> {
  await expect.poll(async () => (await child.reset(id)).state, waiting).toBe("failed");
  const reset = await child.reset(id);
  expect(reset.reason).toEqual(like("cutOff", { mode: "live" }));
  const results = reset.entries.map(({ result }) => result);
  // A broken-off partition may be read too quickly to tell from where.
  for (const result of results.slice(0, 2)) expect(["written", "unknown"]).toContain(result);
  expect(results.slice(2)).toEqual(["skipped", "skipped"]);
  expect(reset.entries[0]?.live?.step).toBe("ended");
  await expect
    .poll(
      async () => [...(await ownersOf(world, group)).values()].filter((id) => id.includes("processor")),
      waiting,
    )
    .toHaveLength(ids.length);
  for (const partition of ids) world.enqueue("orders", partition, 100);
  await expect.poll(readOn(group, 399), { timeout: 20_000, interval: 100 }).toBe(ids.length);
}

it("a kill -9 in the middle is cleared up after the restart, and no processor is refused for long", async () => {
  await startGroup("killed");
  const dataDir = newFolder();
  const first = await start({ dataDir });
  const { id } = await holding(first, "killed");
  first.process.kill("SIGKILL");
  await first.exited;

  await expectClearedUp(await start({ dataDir }), "killed", id);
}, 120_000);

it("another dashboard on the same database clears up by itself", async () => {
  await startGroup("shared");
  const databaseUrl = (await newPostgresDatabase()).reveal();
  const dataDir = newFolder();
  const [first, second] = [await start({ dataDir, databaseUrl }), await start({ dataDir, databaseUrl })];
  const { id } = await holding(first, "shared");
  first.process.kill("SIGKILL");

  await expectClearedUp(second, "shared", id);
}, 120_000);
