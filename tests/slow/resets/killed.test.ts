import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from "vitest";
import type { Reset, ResetResult } from "#lib/api/resets.ts";
import type { DatabaseAddress } from "#lib/history/storage/engine.ts";
import { storedBlobs } from "#tests/support/azurite.ts";
import { engines, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import type { TestConfig } from "#tests/support/fixtures/test-config.ts";
import {
  type Fate,
  type FaultyProxy,
  isCheckpointWrite,
  startFaultyProxy,
} from "#tests/support/proxies/faulty-proxy.ts";
import type { FromChild, ToChild } from "#tests/support/worlds/live/reset-child.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { savePlan } from "#tests/support/worlds/reset-dashboard.ts";
import { plannedNow } from "#tests/support/worlds/reset-world.ts";

const script = join(import.meta.dirname, "../../support/worlds/live/reset-child.ts");
const partitionCount = 64;
const ids = Array.from({ length: partitionCount }, (_, index) => String(index));
const waiting = { timeout: 60_000, interval: 100 };

let world: LocalWorld;
let proxy: FaultyProxy;
let groups = 0;
let group: string;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount }]);
  proxy = await startFaultyProxy(world.azurite.port);
  for (const id of ids) world.enqueue("orders", id, 100);
});
afterAll(async () => {
  await proxy?.stop();
  await world?.stop();
});
beforeEach(async () => {
  proxy.fate = () => "pass";
  groups += 1;
  group = `group-${groups}`;
  await Promise.all(ids.map((id) => world.checkpoint("orders", group, id, 50)));
});

interface Child {
  process: ChildProcess;
  log(): string;
  told: Reset[];
  ask(question: ToChild): Promise<Reset>;
  exited: Promise<void>;
}

async function startChild(address: DatabaseAddress): Promise<Child> {
  const { azurite, container } = world;
  const connectionString = azurite.connectionString.replaceAll(`:${azurite.port}`, `:${proxy.port}`);
  const config: TestConfig = {
    refreshSeconds: 1,
    hubs: [
      world.hubConfig("orders", {
        ownershipExpirationSeconds: 5,
        checkpointStores: [{ id: "main", connectionString, container: container.containerName }],
      }),
    ],
    dataDir: address.kind === "sqlite" ? address.folder : "/dev/null",
    ...(address.kind === "postgres" && { databaseUrl: address.url.reveal() }),
  };
  const child = spawn(process.execPath, [script, JSON.stringify(config)], {
    env: { ...process.env, TIDEMARK_LOG_LEVEL: "warn" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const told: Reset[] = [];
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let answered: (message: FromChild) => void = () => {};
  const answer = () => new Promise<FromChild>((resolve) => (answered = resolve));
  child.on("message", (message: FromChild) => {
    if ("told" in message) told.push(message.told);
    else answered(message);
  });
  const ready = await Promise.race([answer(), exited]);
  if (ready === undefined) throw new Error(`The dashboard did not start: ${log}`);
  const ask = async (question: ToChild) => {
    const asked = answer();
    child.send(question);
    const message = await asked;
    if ("answer" in message) return message.answer;
    throw new Error(JSON.stringify(message));
  };
  return { process: child, log: () => log, told, ask, exited };
}

/**
 * Saves a plan for all partitions. The history is closed again, since the child needs the embedded database
 * alone.
 */
async function newPlan(address: DatabaseAddress): Promise<ToChild> {
  const history = await openHistory(address);
  const request = await savePlan(history, world, group, await plannedNow(world, group, ids, 9));
  await history.close();
  return { apply: { hub: "orders", group, store: undefined }, request, actor: "admin-1" };
}

/** Answers the first twenty writes. Makes every second one of the rest, and answers none of those. */
function muteWritesAfterTwenty(): { writes: () => number } {
  let writes = 0;
  proxy.fate = (incoming) => {
    if (!isCheckpointWrite(incoming)) return "pass";
    writes += 1;
    if (writes <= 20) return "pass";
    return writes % 2 === 0 ? "silentAnswer" : "silence";
  };
  return { writes: () => writes };
}

const ended = async (child: Child, id: string): Promise<Reset> => {
  await expect
    .poll(() => child.ask({ reset: id }), waiting)
    .toSatisfy((reset: Reset) => reset.state !== "running");
  return child.ask({ reset: id });
};

async function expectComplete(reset: Reset): Promise<Record<ResetResult, number>> {
  const blobs = await storedBlobs(world.container);
  const counts = { written: 0, skipped: 0 } as Record<ResetResult, number>;
  for (const { partitionId, result, before, after } of reset.entries) {
    const blob = blobs[`${localNamespace}/orders/${group}/checkpoint/${partitionId}`];
    const isOurs = blob?.clientidentifier === `tidemark/${reset.id}/${partitionId}`;
    expect({ partitionId, isOurs, sequenceNumber: blob?.sequencenumber }).toEqual({
      partitionId,
      isOurs: result === "written",
      sequenceNumber: result === "written" ? "9" : "50",
    });
    if (isOurs) {
      expect(before).toMatchObject({ sequenceNumber: 50, offset: "3200" });
      expect(after).toMatchObject({ sequenceNumber: 9, offset: "576" });
    }
    counts[result] = (counts[result] ?? 0) + 1;
  }
  return counts;
}

it.each(engines)(
  "a kill -9 in the middle leaves a complete record after the restart, in %s",
  async (kind) => {
    const address = await newDatabase(kind);
    const plan = await newPlan(address);
    const first = await startChild(address);
    const { writes } = muteWritesAfterTwenty();
    const { id } = await first.ask(plan);
    await expect.poll(writes, waiting).toBeGreaterThanOrEqual(36);
    first.process.kill("SIGKILL");
    await first.exited;
    proxy.fate = () => "pass";

    const second = await startChild(address);
    const reset = await ended(second, id);
    expect(reset).toMatchObject({
      state: "failed",
      reason: like("cutOff", { mode: "offline" }),
    });
    expect(reset.endedAt).not.toBeNull();
    const counts = await expectComplete(reset);
    expect(Object.keys(counts).sort()).toEqual(["skipped", "written"]);
    expect(counts.written).toBeGreaterThanOrEqual(28);
    expect(counts.skipped).toBeGreaterThanOrEqual(24);
    await expect.poll(() => second.told.at(-1)).toEqual(reset);
    if (kind === "sqlite") return; // Only the child may open the embedded database.
    const again = await openHistory(address);
    const request = await savePlan(again, world, group, await plannedNow(world, group, ids, 9));
    const asked = { hub: "orders", group, store: undefined };
    const next = await second.ask({ apply: asked, request, actor: "admin-1" });
    const results = (await ended(second, next.id)).entries.map(({ result }) => result);
    expect(new Set(results)).toEqual(new Set(["written"]));
  },
  120_000,
);

it("a stopped dashboard finishes what it is writing and leaves nothing running", async () => {
  const address = await newDatabase("sqlite");
  const plan = await newPlan(address);
  const child = await startChild(address);
  let writes = 0;
  proxy.fate = async (incoming): Promise<Fate> => {
    if (!isCheckpointWrite(incoming)) return "pass";
    writes += 1;
    if (writes === 20) child.process.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 100));
    return "pass";
  };
  const { id } = await child.ask(plan);
  const startedAt = Date.now();
  await child.exited;
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  const history = await openHistory(address);
  const record = await history.resets.reset(id);
  expect(record).toMatchObject({ state: "failed", reason: like("dashboardStopped") });
  expect(new Set(record?.entries.map(({ result }) => result))).toEqual(new Set(["written", "skipped"]));
  const blobs = Object.values(await storedBlobs(world.container)).filter(({ clientidentifier }) =>
    clientidentifier?.startsWith(`tidemark/${id}/`),
  );
  expect(record?.entries.filter(({ result }) => result === "written")).toHaveLength(blobs.length);
}, 120_000);

it("a dashboard that slept while another cleared up writes nothing any more", async () => {
  const address = await newDatabase("postgres");
  const plan = await newPlan(address);
  const [sleeper, other] = [await startChild(address), await startChild(address)];
  const { writes } = muteWritesAfterTwenty();
  const { id } = await sleeper.ask(plan);
  await expect.poll(writes, waiting).toBeGreaterThanOrEqual(36);
  sleeper.process.kill("SIGSTOP");
  // The other dashboard hears each step of a reset that it does not run.
  await expect.poll(() => other.told.filter((reset) => reset.id === id).length, waiting).toBeGreaterThan(0);
  const reset = await ended(other, id);
  proxy.fate = () => "pass";
  await expectComplete(reset);
  sleeper.process.kill("SIGCONT");
  await expect.poll(() => sleeper.log(), waiting).toContain("The reset is not run here any more");
  expect(await ended(other, id)).toEqual(reset);
  await expectComplete(reset);
}, 120_000);
