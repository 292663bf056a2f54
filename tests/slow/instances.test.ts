import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Secret } from "#lib/core/secret.ts";
import { decodeChunk } from "#lib/history/samples/codec.ts";
import { Database } from "#lib/history/storage/database.ts";
import { newFolder, newPostgresDatabase, onPostgres } from "#tests/support/fixtures/history.ts";
import type { TestConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const script = join(import.meta.dirname, "../support/worlds/dashboard-child.ts");
const refreshSeconds = 1;
const hubs = ["orders", "clicks", "audit"];
const waiting = { timeout: 20_000, interval: 50 };

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld(hubs.map((name) => ({ name, partitionCount: 2 })));
  for (const hub of hubs) await world.checkpoint(hub, "$Default", "0", 1);
});
afterAll(() => world?.stop());

interface Instance {
  child: ChildProcess;
  told: Map<string, string[]>;
}

function startInstance(url: Secret): Instance {
  const config: TestConfig = {
    refreshSeconds,
    hubs: hubs.map((hub) => world.hubConfig(hub)),
    dataDir: newFolder(),
    databaseUrl: url.reveal(),
  };
  const child = spawn(process.execPath, [script, JSON.stringify(config)], {
    // The child's log is not needed here, but its last words are when it crashes.
    env: { ...process.env, TIDEMARK_LOG_LEVEL: "fatal" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const told = new Map<string, string[]>();
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    const { hub, observedAt } = JSON.parse(line) as { hub: string; observedAt: string };
    told.set(hub, [...(told.get(hub) ?? []), observedAt]);
  });
  return { child, told };
}

async function samplers(url: Secret): Promise<Map<number, string[]>> {
  const rows = (await onPostgres("select hub, instance from hub_snapshots order by hub", url.reveal())) as {
    hub: string;
    instance: string;
  }[];
  const byPid = new Map<number, string[]>();
  for (const { hub, instance } of rows) {
    const pid = Number(instance.split(" ")[1]);
    byPid.set(pid, [...(byPid.get(pid) ?? []), hub]);
  }
  return byPid;
}

it("spreads the hubs over two dashboards, which serve the same, and hands a dead one's over", async () => {
  const url = await newPostgresDatabase();
  const first = startInstance(url);
  await expect.poll(() => [...first.told.keys()].sort(), waiting).toEqual(hubs.toSorted());
  const second = startInstance(url);
  // The first dashboard gives up what exceeds its share.
  await expect
    .poll(async () => [...(await samplers(url)).values()].map((each) => each.length).sort(), waiting)
    .toEqual([1, 2]);

  const counts = hubs.map((hub) => second.told.get(hub)?.length ?? 0);
  await expect
    .poll(
      () => hubs.every((hub, index) => (second.told.get(hub)?.length ?? 0) >= (counts[index] ?? 0) + 4),
      waiting,
    )
    .toBe(true);
  for (const hub of hubs) {
    // The adopting dashboard hears a moment later, so only snapshots that both had time to tell are compared.
    const [ours, theirs] = [first.told.get(hub) ?? [], second.told.get(hub)?.slice(-4, -1) ?? []];
    expect(ours, hub).toEqual(expect.arrayContaining(theirs));
  }

  const orphans = (await samplers(url)).get(first.child.pid ?? 0) ?? [];
  expect(orphans.length).toBeGreaterThan(0);
  const killedAt = Date.now();
  first.child.kill("SIGKILL");
  const newest = (hub: string) => Date.parse(second.told.get(hub)?.at(-1) ?? "");
  await expect.poll(() => orphans.every((hub) => newest(hub) > killedAt), waiting).toBe(true);
  for (const hub of orphans) {
    const after =
      second.told
        .get(hub)
        ?.map((at) => Date.parse(at))
        .find((at) => at > killedAt) ?? 0;
    expect(after - killedAt, hub).toBeLessThan(3 * refreshSeconds * 1000);
  }
  expect([...(await samplers(url)).keys()]).toEqual([second.child.pid]);
  await new Promise((resolve) => second.child.once("exit", resolve).kill("SIGTERM"));
  await expectOneWriter(url);
}, 120_000);

/**
 * A hub has two samples side by side only at a handover: a dashboard refreshes a hub at once when it takes it
 * over, from one that shares and then from one that ended.
 */
const handovers = 2;

async function expectOneWriter(url: Secret): Promise<void> {
  const database = new Database({ kind: "postgres", url });
  onTestFinished(() => database.close());
  const { db } = await database.engine();
  const series = await db.selectFrom("series").selectAll().where("consumer_group", "=", "").execute();
  expect(series.map(({ hub }) => hub).sort()).toEqual(hubs.toSorted());
  for (const { id, hub } of series) {
    const rows = await db
      .selectFrom("chunks")
      .selectAll()
      .where("series_id", "=", id)
      .orderBy("starts_at")
      .execute();
    const times = rows.flatMap(({ data, starts_at }) =>
      decodeChunk(data, starts_at, "sums").map(({ at }) => at),
    );
    const spacings = times.slice(1).map((at, index) => at - (times[index] ?? at));
    expect(times.length).toBeGreaterThan(5);
    expect(Math.max(...spacings), hub).toBeLessThan(3 * refreshSeconds * 1000);
    const short = spacings.filter((spacing) => spacing < 0.3 * refreshSeconds * 1000);
    expect(short.length, `${hub}: ${spacings}`).toBeLessThanOrEqual(handovers);
  }
}

it("goes on by itself in every dashboard while the database is lost, and shares again afterwards", async () => {
  const url = await newPostgresDatabase();
  const name = new URL(url.reveal()).pathname.slice(1);
  const instances = [startInstance(url), startInstance(url)];
  await expect.poll(async () => (await samplers(url)).size, waiting).toBe(2);
  const end = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`;
  await onPostgres(`alter database ${name} allow_connections false`);
  await onPostgres(end);
  const lostAt = Date.now();
  const isOn = ({ told }: Instance, since: number) =>
    hubs.every((hub) => Date.parse(told.get(hub)?.at(-1) ?? "") > since);
  await expect.poll(() => instances.every((each) => isOn(each, lostAt)), waiting).toBe(true);

  await onPostgres(`alter database ${name} allow_connections true`);
  const backAt = new Date().toISOString();
  const isShared = `select count(*)::int as n, count(distinct instance)::int as m from hub_snapshots
    where snapshot::jsonb->'eventHub'->>'observedAt' > '${backAt}'`;
  await expect.poll(() => onPostgres(isShared, url.reveal()), waiting).toEqual([{ n: 3, m: 2 }]);
}, 120_000);

it("takes the hubs of a dashboard that hangs, and shares them again when it goes on", async () => {
  const url = await newPostgresDatabase();
  const [hanging, other] = [startInstance(url), startInstance(url)];
  await expect.poll(async () => (await samplers(url)).size, waiting).toBe(2);
  const orphans = (await samplers(url)).get(hanging.child.pid ?? 0) ?? [];
  expect(orphans.length).toBeGreaterThan(0);
  hanging.child.kill("SIGSTOP");
  const hungAt = Date.now();
  // A refresh that was told before may still be on its way.
  const isTaken = () =>
    orphans.every((hub) => Date.parse(other.told.get(hub)?.at(-1) ?? "") > hungAt + 5_000);
  await expect.poll(isTaken, { timeout: 60_000, interval: 200 }).toBe(true);
  expect(Date.now() - hungAt).toBeLessThan(45_000);
  hanging.child.kill("SIGCONT");
  await expect.poll(async () => (await samplers(url)).size, waiting).toBe(2);
}, 120_000);
