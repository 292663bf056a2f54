import { describe, expect, it, onTestFinished } from "vitest";
import type { Secret } from "#lib/core/secret.ts";
import { defaultRetention } from "#lib/history/samples/tiers.ts";
import { Database } from "#lib/history/storage/database.ts";
import type { DatabaseAddress, Engine } from "#lib/history/storage/engine.ts";
import { migrations } from "#lib/history/storage/migrations.ts";
import { openPostgres } from "#lib/history/storage/postgres.ts";
import { divideOwnerChanges } from "#lib/history/writing/divide-owner-changes.ts";
import { keepPartitions } from "#lib/history/writing/partitions.ts";
import { refreshBatch } from "#lib/history/writing/refresh-batch.ts";
import { RefreshWriter } from "#lib/history/writing/write-refresh.ts";
import {
  engines,
  finishUpkeep,
  newDatabase,
  newPostgresDatabase,
  onPostgres,
  openHistory,
} from "#tests/support/fixtures/history.ts";
import { group, hub, refresh } from "#tests/support/fixtures/refresh.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const midnight = Date.UTC(2026, 0, 16);
const versionBefore = 11;
const many = 20_500;

async function open(address: DatabaseAddress): Promise<Engine> {
  const database = new Database(address);
  onTestFinished(() => database.close());
  return await database.engine();
}

function owned(ownerId: string, at: number) {
  return { ownerId, lastRenewedAt: new Date(at - 1_000).toISOString(), state: "active" as const };
}

/** Owners that are named anew are claims. */
async function write(engine: Engine, at: number, owners: string[], writer = new RefreshWriter()) {
  const read = refresh({
    at,
    lags: owners.map(() => 0),
    owners: owners.map((ownerId) => owned(ownerId, at)),
  });
  const batch = refreshBatch(read, 60, engine.kind);
  if (batch === null) throw new Error("nothing to write");
  await writer.write(engine, batch);
}

async function partitionsOf(url: Secret): Promise<string[]> {
  const rows = await onPostgres(
    "select relid::regclass::text as name from pg_partition_tree('owner_changes') where isleaf order by 1",
    url.reveal(),
  );
  return (rows as { name: string }[]).map(({ name }) => name);
}

describe.each(engines)("changes of owners, in %s,", (kind) => {
  it("are forgotten in time, but for the last one of each partition", async () => {
    const address = await newDatabase(kind);
    const engine = await open(address);
    await keepPartitions(engine, midnight, defaultRetention);
    await write(engine, midnight + minute, ["stays", "a"]);
    await write(engine, midnight + 2 * minute, ["stays", "b"]);
    await write(engine, midnight + 3 * minute, ["stays", "c"]);
    const now = midnight + 380 * day;
    await write(engine, now, ["stays", "d"]);
    await finishUpkeep(engine, now + day, defaultRetention);
    await keepPartitions(engine, now + day, defaultRetention);

    const rows = await engine.db
      .selectFrom("owner_changes")
      .select(["at", "owner_id"])
      .orderBy("id")
      .execute();
    expect(rows.map(({ at, owner_id }) => [Math.round((at - midnight) / day), owner_id])).toEqual([
      [0, "stays"],
      [380, "d"],
    ]);
    const history = await openHistory(address, { clock: () => now + day });
    const { spans } = await history.owners({ hub, group, from: now - day, to: now + day });
    expect(spans.map(({ partitionId, ownerId, to }) => [partitionId, ownerId, to])).toContainEqual([
      "0",
      "stays",
      null,
    ]);
    if (address.kind === "sqlite") return;
    const names = await partitionsOf(address.url);
    expect(names).not.toContain("owner_changes_20260116");
    expect(names).toEqual(["owner_changes_20270201", "owner_changes_rest"]);
  });
});

it("keeps a partition of PostgreSQL's in which many stand still, and drops the ones after it", async () => {
  const address = await newDatabase("postgres");
  if (address.kind !== "postgres") throw new Error("not PostgreSQL");
  const engine = await open(address);
  const ask = (statement: string) => onPostgres(statement, address.url.reveal());
  await keepPartitions(engine, midnight, defaultRetention);
  await keepPartitions(engine, midnight + 12 * day, defaultRetention);
  const states = (count: number, since: number) =>
    ask(
      `insert into owner_states select n, '0', 'a', 'a', ${since} from generate_series(1, ${count}) n
       on conflict (series_id, partition_id) do update set since = excluded.since`,
    );
  const keep = async () => {
    await keepPartitions(engine, midnight + 400 * day, defaultRetention);
    return (await partitionsOf(address.url)).filter((name) => /2026/.test(name));
  };
  await ask(
    `insert into owner_changes (series_id, partition_id, at, uncertainty_ms, kind, owner_id, unobserved)
     select n, '0', ${midnight + minute}, 0, 'claimed', 'a', 0 from generate_series(1, ${many}) n`,
  );
  await states(many, midnight + minute);
  expect(await keep()).toEqual(["owner_changes_20260116"]);
  await states(many - 1_000, midnight + 390 * day);
  expect(await keep()).toEqual([]);
  expect(await ask("select count(*)::int as count from owner_changes_rest")).toEqual([{ count: 1_000 }]);
});

describe("many changes of owners that version 11 left in one table of PostgreSQL", () => {
  async function world() {
    const url = await newPostgresDatabase();
    const before = openPostgres(url);
    await before.db.transaction().execute(async (transaction) => {
      for (const migration of migrations.slice(0, versionBefore)) await migration(transaction, "postgres");
    });
    const ask = <T>(statement: string) => onPostgres(statement, url.reveal()) as Promise<T[]>;
    await ask("create table schema_version (id integer primary key, version integer not null)");
    await ask(`insert into schema_version values (1, ${versionBefore})`);
    await write(before, midnight - day, ["first", "a"]);
    await ask(
      `insert into owner_changes (series_id, partition_id, at, uncertainty_ms, kind, owner_id, unobserved)
       select (select max(id) from series), (n % 2)::text, ${midnight - 900 * day} + n * 1000::bigint, 0, 'claimed',
         'x' || n, 0 from generate_series(1, ${many}) n`,
    );
    await before.close();
    const all = async () => {
      const [row] = await ask<{ count: number; hash: string }>(
        "select count(*)::int as count, md5(string_agg(c::text, ',' order by id)) as hash from owner_changes c",
      );
      return row;
    };
    const engine = await open({ kind: "postgres", url });
    return { url, engine, ask, all };
  }

  it("stay readable and are written to, then become one partition, and none is lost", async () => {
    const { url, engine, ask, all } = await world();
    const found = await all();
    expect(found?.count).toBe(many + 2);
    expect(await partitionsOf(url)).toEqual([]);
    await keepPartitions(engine, midnight, defaultRetention);

    const writer = new RefreshWriter();
    let isDone = false;
    const dividing = divideOwnerChanges(engine, midnight).finally(() => {
      isDone = true;
    });
    let written = 0;
    do {
      written += 1;
      await write(engine, midnight + written * 1_000, ["first", `b${written}`], writer);
    } while (!isDone || written < 5);
    await dividing;
    expect(await partitionsOf(url)).toEqual(["owner_changes_past", "owner_changes_rest"]);
    const rows = await engine.db.selectFrom("owner_changes").select("id").orderBy("id").execute();
    expect(rows).toHaveLength(many + 2 + written);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    await ask(`delete from owner_changes where id > ${many + 2}`);
    expect(await all()).toEqual(found);
    expect(await ask("select conname from pg_constraint where conname = 'owner_changes_until'")).toEqual([]);
    expect(
      await ask(`select pg_get_constraintdef(oid) as key from pg_constraint
        where contype = 'p' and conrelid in ('owner_changes'::regclass, 'owner_changes_past'::regclass)`),
    ).toEqual([{ key: "PRIMARY KEY (series_id, at, id)" }, { key: "PRIMARY KEY (series_id, at, id)" }]);

    // A partition follows where the old table ends, and the old table goes when all of it is past.
    await keepPartitions(engine, midnight + 29 * day, defaultRetention);
    expect(await partitionsOf(url)).toContain("owner_changes_20260215");
    await finishUpkeep(engine, midnight + 394 * day, defaultRetention);
    await keepPartitions(engine, midnight + 394 * day, defaultRetention);
    expect(await partitionsOf(url)).toContain("owner_changes_past");
    await keepPartitions(engine, midnight + 395 * day, defaultRetention);
    expect(await partitionsOf(url)).not.toContain("owner_changes_past");
    const kept = await engine.db.selectFrom("owner_changes").select("owner_id").execute();
    expect(kept).toContainEqual({ owner_id: "first" });
  });

  it("are divided in the end, wherever a dashboard was killed, and once by several", async () => {
    const { url, engine, ask, all } = await world();
    const found = await all();
    // A transaction that stands holds the index up, so that its builder can be killed there.
    let release = () => {};
    const standing = engine.db.transaction().execute(async (transaction) => {
      await transaction.updateTable("owner_changes").set({ unobserved: 0 }).where("id", "=", 1).execute();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    const killed = divideOwnerChanges(engine, midnight);
    killed.catch(() => {});
    const building =
      "query like '%index concurrently%' and wait_event_type = 'Lock' and pid <> pg_backend_pid()";
    await expect
      .poll(() => ask(`select pid from pg_stat_activity where ${building}`), { timeout: 10_000 })
      .toHaveLength(1);
    await ask(`select pg_terminate_backend(pid) from pg_stat_activity where ${building}`);
    await expect(killed).rejects.toThrow();
    release();
    await standing;
    expect(await ask("select 1 from pg_index where not indisvalid")).toHaveLength(1);
    // Another was killed after its promise, too long ago to be kept.
    await ask(
      `alter table owner_changes add constraint owner_changes_until check (at < ${midnight + day}) not valid`,
    );

    const other = await open({ kind: "postgres", url });
    await Promise.all([divideOwnerChanges(engine, midnight), divideOwnerChanges(other, midnight)]);
    await divideOwnerChanges(other, midnight);
    expect(await partitionsOf(url)).toEqual(["owner_changes_past", "owner_changes_rest"]);
    expect(await all()).toEqual(found);
    expect(await ask("select 1 from pg_index where not indisvalid")).toEqual([]);
  });

  const lapsed = `alter table owner_changes add constraint owner_changes_until check (at < ${midnight - day}) not valid`;
  const promises = "select 1 from pg_constraint where conname = 'owner_changes_until'";

  it("are written again once a promise that was not kept has lapsed, from the first refresh on", async () => {
    const { url, ask } = await world();
    await ask(lapsed);
    const history = await openHistory({ kind: "postgres", url }, { clock: () => midnight });
    history.record(refresh({ at: midnight, lags: [0], owners: [owned("late", midnight)] }));
    await history.written();
    expect(await ask("select kind from owner_changes where owner_id = 'late'")).toHaveLength(1);
  });

  it("lose a lapsed promise before an index is built, which may take long or fail", async () => {
    const { engine, ask } = await world();
    await ask(lapsed);
    await ask("create table owner_changes_past_key ()");
    await divideOwnerChanges(engine, midnight);
    expect(
      await ask("select 1 from pg_class where oid = 'owner_changes'::regclass and relkind = 'p'"),
    ).toEqual([]);
    expect(await ask(promises)).toEqual([]);
  });

  it("wait with the exchange for who reads or writes them, but do not hold up others for long", async () => {
    const { url, engine, ask } = await world();
    // All that is made beforehand.
    const until = midnight + 20 * day;
    await ask("create unique index owner_changes_past_key on owner_changes (series_id, at, id)");
    await ask(`alter table owner_changes add constraint owner_changes_until check (at < ${until})`);
    const other = await open({ kind: "postgres", url });
    await engine.db.transaction().execute(async (reading) => {
      await reading.selectFrom("owner_changes").select("id").limit(1).execute();
      const dividing = divideOwnerChanges(other, midnight);
      await write(engine, midnight, ["first", "b"]);
      await dividing;
      expect(await partitionsOf(url)).toEqual([]);
    });
    await divideOwnerChanges(other, midnight);
    expect(await partitionsOf(url)).toEqual(["owner_changes_past", "owner_changes_rest"]);
  });

  it("take what a running dashboard of the version before writes, reads and deletes", async () => {
    const { engine, ask, url } = await world();
    await divideOwnerChanges(engine, midnight);
    // Its statements, as it sent them.
    await ask(
      `insert into owner_changes (series_id, partition_id, at, uncertainty_ms, kind, owner_id, previous_owner_id, unobserved)
       values (1, '0', ${midnight}, 0, 'claimed', 'new', null, 0), (1, '1', ${midnight + 100 * day}, 0, 'claimed', 'new', null, 0)`,
    );
    const added = await ask<{ id: number }>(
      "select id from owner_changes where owner_id = 'new' order by id",
    );
    const ids = added.map(({ id }) => Number(id));
    expect(ids).toEqual([ids[0], (ids[0] ?? 0) + 1]);
    expect(ids[0]).toBeGreaterThan(many + 2);
    expect(
      await ask(`select owner_id from owner_changes where id in (${ids.join()}) order by at, id`),
    ).toHaveLength(2);
    await ask(
      `delete from owner_changes where series_id = (select max(id) from series) and at < ${midnight - 365 * day}
       and at < (select since from owner_states where owner_states.series_id = owner_changes.series_id
         and owner_states.partition_id = owner_changes.partition_id)`,
    );
    expect(await ask("select 1 from owner_changes")).toHaveLength(2 + 2);
    expect(await partitionsOf(url)).toContain("owner_changes_rest");
  });
});
