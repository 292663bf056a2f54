import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { History } from "#lib/history/history.ts";
import type { Remembered } from "#lib/history/remembered/remembered.ts";
import { defaultRetention } from "#lib/history/samples/tiers.ts";
import { Database } from "#lib/history/storage/database.ts";
import type { DatabaseAddress } from "#lib/history/storage/engine.ts";
import { refreshBatch } from "#lib/history/writing/refresh-batch.ts";
import { upkeepStep } from "#lib/history/writing/upkeep.ts";
import { RefreshWriter } from "#lib/history/writing/write-refresh.ts";
import { addCommit, type CommitRing, noCommits } from "#lib/lag/commits.ts";
import type { LossWatch } from "#lib/lag/lost-events.ts";
import { engines, newDatabase, onPostgres } from "#tests/support/fixtures/history.ts";
import { group, hub, refresh } from "#tests/support/fixtures/refresh.ts";

const groups = 100;
const partitions = 32;
const every = 10_000;
const hour = 3_600_000;
const hours = Number(process.env.BENCH_HOURS ?? 24);
const start = Date.UTC(2026, 0, 15, 0);
const megabyte = 1_000_000;

/**
 * Half of the groups are level, a quarter is thousands of events behind, a quarter hundreds of thousands. One
 * in ten lacks checkpoints on every second partition, and one in ten has lower bounds for the times behind.
 */
function world(at: number, step: number) {
  const random = (index: number, n: number) =>
    ((index * 7_919 + step * 104_729 + n * 1_299_709) % 10_007) / 10_007;
  const scale = (index: number) => (index % 4 < 2 ? 300 : index % 4 === 2 ? 8_000 : 900_000);
  const one = (index: number) =>
    refresh({
      at,
      groupName: index === 0 ? group.name : `group-${index}`,
      lags: Array.from({ length: partitions }, (_, n) =>
        Math.floor(scale(index) * (0.5 + random(index, n) / 2)),
      ),
      ends: Array.from({ length: partitions }, (_, n) => 9_000_000 + step * 500 + n),
      bounds: index % 10 === 9 ? Array.from({ length: partitions / 2 }, (_, n) => 2 * n) : [],
      secondsAreBounds: index % 10 === 8,
      inPerSecond: 1_600 + step / 7,
      outPerSecond: 1_590 + step / 9,
    });
  const all = Array.from({ length: groups }, (_, index) => one(index));
  const [first] = all;
  if (first === undefined) throw new Error("no group");
  return { ...first, groups: all.flatMap((each) => each.groups) };
}

const rings = new Map<string, Map<string, CommitRing>>();
const losses = new Map<string, Map<string, LossWatch>>();

function remembered(at: number, step: number): Remembered {
  for (let index = 0; index < groups; index += 1) {
    const name = index === 0 ? group.name : `group-${index}`;
    const ofGroup = rings.get(name) ?? new Map<string, CommitRing>();
    rings.set(name, ofGroup);
    const lost = new Map<string, LossWatch>();
    losses.set(name, lost);
    for (let n = 0; n < partitions; n += 1) {
      const commit = {
        sequenceNumber: 8_000_000 + step * 500 + n,
        at: at - n * 100,
        lag: index * 900,
        blindMs: 0,
      };
      lost.set(String(n), {
        waterMark: commit.sequenceNumber,
        gone: commit.sequenceNumber,
        lost: 0,
        since: at,
        first: null,
      });
      ofGroup.set(String(n), addCommit(ofGroup.get(String(n)) ?? noCommits, commit));
    }
  }
  return {
    beginnings: new Map(),
    commitsOf: (_, name) => rings.get(name) ?? [],
    lossesOf: (_, name) => losses.get(name) ?? [],
    renewalSecondsOf: () => 10,
    usageOf: () => null,
  };
}

async function size(address: DatabaseAddress): Promise<number> {
  if (address.kind === "sqlite") return statSync(join(address.folder, "tidemark.sqlite")).size;
  const [row] = await onPostgres(
    "select sum(pg_total_relation_size(relid))::float8 as bytes from pg_partition_tree('chunks')",
    address.url.reveal(),
  );
  return (row as { bytes: number }).bytes;
}

function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? Number.NaN;
}

it.each(engines)(
  "keeps a day of 100 groups x 32 partitions small, and writes it quickly, in %s",
  async (kind) => {
    const address = await newDatabase(kind);
    const database = new Database(address);
    onTestFinished(() => database.close());
    const engine = await database.engine();
    const writer = new RefreshWriter();
    const times: number[] = [];
    const upkeep: number[] = [];
    for (let step = 0; step < (hours * hour) / every; step += 1) {
      const at = start + step * every;
      const batch = refreshBatch(world(at, step), every / 1000, kind, remembered(at, step));
      if (batch === null) throw new Error("nothing to write");
      const began = performance.now();
      await writer.write(engine, batch);
      times.push(performance.now() - began);
      if (at % hour !== 5 * 60_000) continue;
      for (let isDue = true; isDue; ) {
        const stepBegan = performance.now();
        isDue = await upkeepStep(engine, at, defaultRetention);
        upkeep.push(performance.now() - stepBegan);
      }
      // An hour passes in seconds here, so this replaces autovacuum.
      if (address.kind === "postgres") await onPostgres("vacuum chunks", address.url.reveal());
    }
    const bytesADay = ((await size(address)) / hours) * 24;
    console.log(
      `${kind}: ${(bytesADay / megabyte).toFixed(0)} MB for ${hours} h, by the day, roll-ups and all, ` +
        `a write ${quantile(times, 0.5).toFixed(1)} ms (95 %: ${quantile(times, 0.95).toFixed(1)}), ` +
        `a step of upkeep ${quantile(upkeep, 0.5).toFixed(1)} ms (95 %: ${quantile(upkeep, 0.95).toFixed(1)})`,
    );
    expect(bytesADay / (150 * megabyte)).toBeLessThan(1);
    expect(quantile(times, 0.95) / 50).toBeLessThan(1);
    expect(quantile(upkeep, 0.95) / 50).toBeLessThan(1);
  },
);

it.each(engines)("answers 7 days at 32 partitions in %s", async (kind) => {
  const address = await newDatabase(kind);
  const days = 7;
  let now = start;
  const history = await History.open({ address, refreshSeconds: 60, clock: () => now });
  onTestFinished(() => history.close());
  for (; now < start + days * 24 * hour; now += 60_000) {
    const lags = Array.from({ length: partitions }, (_, n) => (now / 1000) % (n + 7_919));
    history.record(refresh({ at: now, lags, ends: lags.map((_, n) => 9_000_000 + now / 500_000 + n) }));
    if (now % hour === 0) await history.written();
  }
  await history.written();
  // A week passes in seconds here, so the due roll-ups are made now.
  const database = new Database(address);
  onTestFinished(() => database.close());
  const engine = await database.engine();
  await expect
    .poll(() => upkeepStep(engine, now, defaultRetention).catch(() => true), { timeout: 60_000, interval: 0 })
    .toBe(false);
  for (const points of [300, 2_000]) {
    for (const partition of [undefined, 31]) {
      const times: number[] = [];
      for (let turn = 0; turn < 11; turn += 1) {
        const began = performance.now();
        const answer = await history.points({ hub, group, from: start, to: now, points, partition });
        times.push(performance.now() - began);
        expect(answer.points.length).toBeGreaterThan(100);
      }
      console.log(
        `${kind}: 7 days in ${points} points, partition ${partition ?? "sum"}: ${quantile(times, 0.5).toFixed(1)} ms`,
      );
      expect(quantile(times, 0.5) / 100).toBeLessThan(1);
    }
  }
});

it.each(engines)("answers a day of the furthest behind of 1,024 partitions in %s", async (kind) => {
  const address = await newDatabase(kind);
  let now = start;
  const history = await History.open({ address, refreshSeconds: 60, clock: () => now });
  onTestFinished(() => history.close());
  const many = Array.from({ length: 1_024 }, (_, n) => n);
  for (; now < start + 24 * hour; now += 60_000) {
    history.record(refresh({ at: now, lags: many.map((n) => (now / 1000) % (n + 7_919)) }));
    if (now % hour === 0) await history.written();
  }
  await history.written();
  for (const beside of [
    { partitions: many.slice(0, 8), most: 8 },
    { partitions: many, most: 8 },
  ]) {
    const times: number[] = [];
    for (let turn = 0; turn < 11; turn += 1) {
      const began = performance.now();
      const answer = await history.points({ hub, group, from: start, to: now, points: 300, beside });
      times.push(performance.now() - began);
      expect(answer.beside).toHaveLength(8);
    }
    const median = quantile(times, 0.5);
    console.log(
      `${kind}: a day, 8 of ${beside.partitions.length} partitions of 1,024: ${median.toFixed(1)} ms`,
    );
    expect(median / 300).toBeLessThan(1);
  }
});
