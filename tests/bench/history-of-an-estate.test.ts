import { expect, it, onTestFinished } from "vitest";
import { hubAddress } from "#lib/core/addresses.ts";
import type { Remembered } from "#lib/history/remembered/remembered.ts";
import { defaultRetention } from "#lib/history/samples/tiers.ts";
import { Database } from "#lib/history/storage/database.ts";
import type { Engine } from "#lib/history/storage/engine.ts";
import { keepPartitions } from "#lib/history/writing/partitions.ts";
import { type RefreshToRecord, refreshBatch } from "#lib/history/writing/refresh-batch.ts";
import { upkeepStep } from "#lib/history/writing/upkeep.ts";
import { RefreshWriter } from "#lib/history/writing/write-refresh.ts";
import { addCommit, type CommitRing, noCommits } from "#lib/lag/commits.ts";
import { newPostgresDatabase, onPostgres } from "#tests/support/fixtures/history.ts";
import { hub, refresh } from "#tests/support/fixtures/refresh.ts";

/** Each hub writes rows of its own, so one stands for all of them. */
const hubs = Number(process.env.BENCH_HUBS ?? 1);
const hubsOfEstate = 20;
const groups = 5;
const partitions = 1_000;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 15);
const megabyte = 1_000_000;
/** A row's header with its entry in the key's index, and 60 samples of 1,000 partitions, both about. */
const rowBytes = 60;
const packedHourBytes = 160_000;
const rings = new Map<string, Map<string, CommitRing>>();

function refreshOf(hubNumber: number, at: number, step: number): RefreshToRecord {
  const random = (n: number) => ((hubNumber * 7_919 + step * 104_729 + n * 1_299_709) % 10_007) / 10_007;
  const all = Array.from({ length: groups }, (_, index) => {
    const behind = [300, 300, 8_000, 8_000, 900_000][index] ?? 0;
    return refresh({
      at,
      groupName: `group-${index}`,
      lags: Array.from({ length: partitions }, (_each, n) => Math.floor(behind * (0.5 + random(n) / 2))),
      ends: Array.from({ length: partitions }, (_each, n) => 9_000_000 + step * 3_000 + n),
      owners: Array.from({ length: partitions }, (_each, n) => ({
        ownerId: `processor-${step < 30 ? n % 20 : (n % 20) + 1}-7f2c9a5e-1b44-4e0b-9c5d`,
        lastRenewedAt: new Date(at - 2_000).toISOString(),
        state: "active" as const,
      })),
      inPerSecond: 50_000 + step / 7,
      outPerSecond: 50_000 + step / 9,
    });
  });
  const [first] = all;
  if (first === undefined) throw new Error("no group");
  const eventHub = { ...first.eventHub, id: `hub-${hubNumber}`, eventHubName: `hub-${hubNumber}` };
  return { ...first, eventHub, groups: all.flatMap((each) => each.groups) };
}

function rememberedOf(hubNumber: number, at: number, step: number): Remembered {
  for (let index = 0; index < groups; index += 1) {
    const key = `${hubNumber} group-${index}`;
    const ofGroup = rings.get(key) ?? new Map<string, CommitRing>();
    rings.set(key, ofGroup);
    for (let n = 0; n < partitions; n += 1) {
      const commit = { sequenceNumber: 8_000_000 + step * 3_000 + n, at: at - n * 10, lag: 900, blindMs: 0 };
      ofGroup.set(String(n), addCommit(ofGroup.get(String(n)) ?? noCommits, commit));
    }
  }
  return {
    beginnings: new Map(),
    commitsOf: (_, name) => rings.get(`${hubNumber} ${name}`) ?? [],
    lossesOf: () => [],
    renewalSecondsOf: () => 10,
    usageOf: () => null,
  };
}

async function catchUp(engine: Engine, now: number): Promise<void> {
  while (await upkeepStep(engine, now, defaultRetention)) {}
}

it("tells what a day of 20 hubs x 1,000 partitions x 5 groups takes on PostgreSQL", async () => {
  const url = await newPostgresDatabase();
  const database = new Database({ kind: "postgres", url });
  onTestFinished(() => database.close());
  const engine = await database.engine();
  const ask = <T>(statement: string) => onPostgres(statement, url.reveal()) as Promise<T[]>;
  const writer = new RefreshWriter();
  const logAt = async () =>
    Number((await ask<{ at: string }>("select pg_current_wal_lsn() - '0/0'::pg_lsn as at"))[0]?.at);
  const before = await logAt();
  let writing = 0;
  for (let step = 0; step < 60; step += 1) {
    for (let number = 0; number < hubs; number += 1) {
      const at = start + step * minute + number * 1_000;
      const seen = refreshOf(number, at, step);
      const batch = refreshBatch(seen, 60, "postgres", rememberedOf(number, at, step));
      if (batch === null) throw new Error(`nothing to write of ${hubAddress(hub)}`);
      const began = performance.now();
      await writer.write(engine, batch);
      writing += performance.now() - began;
    }
  }
  const written = (await logAt()) - before;
  const [incoming] = await ask<{ bytes: number }>(
    "select sum(octet_length(data))::float8 as bytes from chunks where tier = 0",
  );
  await catchUp(engine, start + day + 2 * hour);
  await ask("vacuum full");
  const times = hubsOfEstate / hubs;
  const tiers = await ask<{ tier: number; rows: number; bytes: number }>(
    `select tier, count(*)::int as rows, sum(pg_column_size(data) + ${rowBytes})::float8 as bytes
     from chunks group by tier order by tier`,
  );
  const sizes = await ask<{ name: string; rows: number; bytes: number }>(
    `select relname as name, greatest(reltuples, 0)::int as rows, pg_total_relation_size(oid)::float8 as bytes
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 3 desc limit 6`,
  );
  const told = (rows: number, bytes: number) =>
    `${Math.round(rows * times)} rows, ${((bytes * times) / megabyte).toFixed(2)} MB`;
  console.log(
    [
      `an hour of ${hubsOfEstate} hubs x ${partitions} x ${groups}, from ${hubs}:`,
      `log ${((written * times) / megabyte).toFixed(0)} MB, ${(writing / 60 / hubs).toFixed(0)} ms a refresh of a hub, ` +
        `samples that came in ${(((incoming?.bytes ?? 0) * times) / megabyte).toFixed(1)} MB`,
      ...tiers.map(({ tier, rows, bytes }) => `tier ${tier}: ${told(rows, bytes)}`),
      ...sizes.map(({ name, rows, bytes }) => `${name}: ${told(rows, bytes)}`),
    ].join("\n"),
  );
  expect(tiers).toHaveLength(3);
});

it("tells how long a day of an estate's samples takes to forget, row by row and as a partition", async () => {
  const url = await newPostgresDatabase();
  const database = new Database({ kind: "postgres", url });
  onTestFinished(() => database.close());
  const engine = await database.engine();
  const series = hubsOfEstate * (groups + 1);
  const client = (statement: string) => onPostgres(statement, url.reveal());
  const fill = (from: number) =>
    client(
      `with one as materialized (
         select decode(string_agg(md5(n::text), ''), 'hex') as data from generate_series(1, ${packedHourBytes / 16}) n)
       insert into chunks select id, 0, ${from} + hour * ${hour}::bigint, data
       from one, generate_series(1, ${series}) id, generate_series(0, 23) hour`,
    );
  await fill(start - 10 * day);
  await keepPartitions(engine, start, defaultRetention);
  await fill(start);
  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const rows = await timed(() => client("delete from chunks_rest where tier = 0"));
  const vacuum = await timed(() => client("vacuum chunks_rest"));
  const partition = await timed(() => keepPartitions(engine, start + 3 * day, defaultRetention));
  const left = await client("select 1 from chunks limit 1");
  console.log(
    `a day of ${series} series, ${series * 24} rows of ${packedHourBytes / 1_000} kB: ${rows.toFixed(0)} ms to delete and ` +
      `${vacuum.toFixed(0)} ms to vacuum; ${partition.toFixed(0)} ms to drop, with what is made ahead`,
  );
  expect(left).toEqual([]);
});
