import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Reset } from "#lib/api/resets.ts";
import type { Caller } from "#lib/server/access/caller.ts";
import { newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import type { ProcessorTask } from "#tests/support/processor.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { savePlan, startResetDashboard } from "#tests/support/worlds/reset-dashboard.ts";
import { placeOf, plannedNow } from "#tests/support/worlds/reset-world.ts";

const script = join(import.meta.dirname, "../../support/processor.ts");
const admin1: Caller = { name: "admin-1", key: "admin-1", role: "admin" };
const group = "watched";
const address = { hub: "orders", group, store: undefined };
const expirationSeconds = 4;
const waiting = { timeout: 20_000, interval: 50 };

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 1, consumerGroups: [group] }]);
  world.enqueue("orders", "0", 9_000);
});
afterAll(() => world?.stop());

function startProcessor(ownerId: string, handlerMs: number): ChildProcess {
  const task: ProcessorTask = {
    ownerId,
    eventHub: "orders",
    consumerGroup: group,
    eventHubsConnectionString: world.eventHubs.connectionString,
    storageConnectionString: world.azurite.connectionString,
    container: world.container.containerName,
    renewMs: 500,
    expireMs: 2_000,
    handlerMs,
  };
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

const look = async () => {
  const { readAt, groups } = await placeOf(world, group).readStore(AbortSignal.timeout(5_000));
  const stored = groups.get(group);
  const owner = stored?.ownerships.get("0");
  return {
    sequenceNumber: stored?.checkpoints.get("0")?.sequenceNumber ?? -1,
    silentForMs: owner === undefined ? 0 : readAt - owner.lastRenewedAt,
  };
};
const reached = (sequenceNumber: number) =>
  expect.poll(async () => (await look()).sequenceNumber, waiting).toBeGreaterThanOrEqual(sequenceNumber);
const expired = () =>
  expect
    .poll(async () => (await look()).silentForMs, waiting)
    .toBeGreaterThanOrEqual(expirationSeconds * 1_000);

it("tells a processor that wakes up and erases a reset from a new one that goes on from it", async () => {
  const history = await openHistory(await newDatabase("sqlite"));
  const dashboard = startResetDashboard(history, world, {
    ownershipExpirationSeconds: expirationSeconds,
    refreshMs: 200,
  });
  const { runtime } = dashboard.runs;
  const reset = async (): Promise<Reset> => {
    const request = await savePlan(history, world, group, await plannedNow(world, group, ["0"], 9));
    const { id } = await runtime.apply(address, request, admin1);
    await expect.poll(async () => (await runtime.reset(id)).state, waiting).toBe("done");
    return runtime.reset(id);
  };
  const result = async (id: string) => (await runtime.reset(id)).entries[0]?.result;

  const asleep = startProcessor("asleep", 20);
  await reached(100);
  asleep.kill("SIGSTOP");
  await expired();
  const first = await reset();
  expect(first.entries[0]).toMatchObject({ result: "written", after: { sequenceNumber: 9 } });
  asleep.kill("SIGCONT");
  await expect.poll(() => result(first.id), waiting).toBe("overwritten");
  expect((await runtime.reset(first.id)).entries[0]?.reason?.params).toMatchObject({ writer: "asleep" });

  asleep.kill("SIGKILL");
  await expired();
  const old = (await look()).sequenceNumber;
  const second = await reset();
  expect(second.entries[0]).toMatchObject({ result: "written", before: { sequenceNumber: old } });
  // The processor is so quick that a refresh may miss it on its way.
  startProcessor("newcomer", 0);
  await reached(old + 1_000);
  await expect.poll(() => Date.now(), waiting).toBeGreaterThan(Date.parse(second.watchedUntil ?? ""));
  expect(await result(second.id)).toBe("written");
}, 120_000);
