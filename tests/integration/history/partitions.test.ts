import { describe, expect, it, onTestFinished } from "vitest";
import { defaultRetention } from "#lib/history/samples/tiers.ts";
import { Database } from "#lib/history/storage/database.ts";
import type { DatabaseAddress, Engine } from "#lib/history/storage/engine.ts";
import { keepPartitions } from "#lib/history/writing/partitions.ts";
import { refreshBatch } from "#lib/history/writing/refresh-batch.ts";
import { RefreshWriter } from "#lib/history/writing/write-refresh.ts";
import { engines, finishUpkeep, newDatabase, onPostgres } from "#tests/support/fixtures/history.ts";
import { refresh } from "#tests/support/fixtures/refresh.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const midnight = Date.UTC(2026, 0, 16);

async function open(address: DatabaseAddress): Promise<Engine> {
  const database = new Database(address);
  onTestFinished(() => database.close());
  return await database.engine();
}

async function write(engine: Engine, at: number, isLate = false): Promise<void> {
  const batch = refreshBatch(refresh({ at, lags: [1] }), 60, engine.kind);
  if (batch === null) throw new Error("nothing to write");
  batch.isLate = isLate;
  await new RefreshWriter().write(engine, batch);
}

async function keepUp(engine: Engine, now: number): Promise<void> {
  await finishUpkeep(engine, now, defaultRetention);
  await keepPartitions(engine, now, defaultRetention);
}

async function startsOf(engine: Engine, tier: number): Promise<number[]> {
  const rows = await engine.db
    .selectFrom("chunks")
    .select("starts_at")
    .distinct()
    .where("tier", "=", tier)
    .orderBy("starts_at")
    .execute();
  return rows.map(({ starts_at }) => starts_at - midnight);
}

describe.each(engines)("samples around midnight, in %s,", (kind) => {
  it("are all kept, rolled up, and forgotten a day at a time; a late one too", async () => {
    const engine = await open(await newDatabase(kind));
    await keepPartitions(engine, midnight - hour, defaultRetention);
    for (const offset of [-2 * minute, -1, 0, 1_000]) await write(engine, midnight + offset);
    await keepUp(engine, midnight + day + 2 * hour);
    expect(await startsOf(engine, 0)).toEqual([-hour, 0]);
    expect(await startsOf(engine, 1)).toEqual([-hour, 0]);
    expect(await startsOf(engine, 2)).toEqual([-day, 0]);

    await keepUp(engine, midnight + 2 * day - minute);
    expect(await startsOf(engine, 0)).toEqual([-hour, 0]);
    await keepUp(engine, midnight + 2 * day + 5 * minute);
    expect(await startsOf(engine, 0)).toEqual([0]);
    expect(await startsOf(engine, 1)).toEqual([-hour, 0]);

    await write(engine, midnight - 10 * minute, true);
    expect((await startsOf(engine, 0))[0]).toBeLessThan(0);
    await keepUp(engine, midnight + 2 * day + 65 * minute);
    expect((await startsOf(engine, 0)).filter((start) => start < 0)).toEqual([]);
    expect(await startsOf(engine, 1)).toEqual([-hour, 0]);
  });
});

describe("partitions on PostgreSQL", () => {
  async function world() {
    const address = await newDatabase("postgres");
    if (address.kind !== "postgres") throw new Error("not PostgreSQL");
    const url = address.url.reveal();
    const leaves = async (table: string, pattern: RegExp) => {
      const rows = await onPostgres(
        `select relid::regclass::text as name from pg_partition_tree('${table}') where isleaf order by 1`,
        url,
      );
      return (rows as { name: string }[]).map(({ name }) => name).filter((name) => pattern.test(name));
    };
    const raw = () => leaves("chunks", /raw/);
    return { engine: await open(address), other: await open(address), leaves, raw };
  }

  it("are made once by two dashboards that write meanwhile, and follow what was written before", async () => {
    const { engine, other, raw } = await world();
    await write(engine, midnight - hour);
    expect(await raw()).toEqual([]);
    const both = [engine, other].map((each) => keepPartitions(each, midnight - hour, defaultRetention));
    await Promise.all([...both, write(engine, midnight - hour + 1), write(other, midnight - 1)]);
    await keepPartitions(engine, midnight - hour, defaultRetention);
    // The day before midnight already has rows in the default partition.
    expect(await raw()).toEqual(["chunks_raw_20260116"]);
    expect(await startsOf(engine, 0)).toEqual([-hour, -hour + 1, -1]);
  });

  it("wait for a refresh that is being written, but do not hold up others for long", async () => {
    const { engine, other, raw } = await world();
    await engine.db.transaction().execute(async (writing) => {
      await write(engine, midnight);
      await writing.selectFrom("chunks").select("starts_at").execute();
      await keepPartitions(other, midnight, defaultRetention);
      expect(await raw()).toEqual([]);
    });
    await keepPartitions(other, midnight, defaultRetention);
    expect(await raw()).toEqual(["chunks_raw_20260117"]);
  });

  it("are made and dropped for owners while those of samples can't be", async () => {
    const { engine, other, leaves } = await world();
    await keepPartitions(engine, midnight, defaultRetention);
    await engine.db.transaction().execute(async (reading) => {
      // A new partition of samples waits for it until it gives up.
      await reading.selectFrom("chunks_rest").select("tier").execute();
      await keepPartitions(other, midnight + 400 * day, defaultRetention);
      expect(await leaves("chunks", /_2027/)).toEqual([]);
    });
    expect(await leaves("owner_changes", /_20/)).toEqual([expect.stringMatching(/_2027/)]);
  });

  it("keep a day that is not rolled up yet", async () => {
    const { engine, raw } = await world();
    await keepPartitions(engine, midnight, defaultRetention);
    await write(engine, midnight);
    await keepPartitions(engine, midnight + 10 * day, defaultRetention);
    expect(await raw()).toEqual(expect.arrayContaining(["chunks_raw_20260116"]));
    await keepUp(engine, midnight + 10 * day);
    expect(await raw()).toEqual(["chunks_raw_20260126", "chunks_raw_20260127"]);
    expect(await startsOf(engine, 0)).toEqual([]);
    expect(await startsOf(engine, 1)).toEqual([0]);
  });
});
