import { describe, expect, it, onTestFinished } from "vitest";
import type { History } from "#lib/history/history.ts";
import { decodeChunk } from "#lib/history/samples/codec.ts";
import { defaultRetention } from "#lib/history/samples/tiers.ts";
import { Database } from "#lib/history/storage/database.ts";
import type { DatabaseAddress } from "#lib/history/storage/engine.ts";
import type { Sampler } from "#lib/history/writing/recorder.ts";
import { engines, finishUpkeep, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { group, hub, refresh } from "#tests/support/fixtures/refresh.ts";

const start = Date.UTC(2026, 0, 15, 12);
const every = 10_000;

/** A dashboard that shares the database. Records wait until it knows who refreshes the hub. */
async function dashboard(address: DatabaseAddress) {
  const sampling: { is: Sampler } = { is: "unknown" };
  const history = await openHistory(address, { samplerOf: () => sampling.is, clock: () => start + 600_000 });
  const look = (turn: number, offsetMs = 0) => {
    const at = start + turn * every + offsetMs;
    const ownerId = turn < 6 ? "a" : "b";
    const lastRenewedAt = new Date(start + Math.min(turn, 6) * every).toISOString();
    history.record(refresh({ at, lags: [turn], owners: [{ ownerId, lastRenewedAt, state: "active" }] }));
  };
  return { history, look, sampling };
}

const minute = 60_000;

async function rollUp(address: DatabaseAddress, now: number): Promise<void> {
  const database = new Database(address);
  onTestFinished(() => database.close());
  await finishUpkeep(await database.engine(), now, defaultRetention);
}

async function changesOf(history: History) {
  const { changes } = await history.owners({ hub, group, from: start, to: start + 600_000 });
  return changes.map(({ kind, ownerId }) => [kind, ownerId]);
}

async function sampledAt(address: DatabaseAddress): Promise<number[]> {
  const database = new Database(address);
  onTestFinished(() => database.close());
  const { db } = await database.engine();
  const rows = await db
    .selectFrom("chunks")
    .innerJoin("series", "series.id", "chunks.series_id")
    .select(["starts_at", "data"])
    .where("consumer_group", "=", "")
    .orderBy("starts_at")
    .execute();
  return rows.flatMap(({ data, starts_at }) =>
    decodeChunk(data, starts_at, "sums").map(({ at }) => (at - start) / 1000),
  );
}

describe.each(engines)("two dashboards that kept their records while they were apart, in %s", (kind) => {
  it("write everything once, whoever refreshes the hub later", async () => {
    const address = await newDatabase(kind);
    const [a, b] = [await dashboard(address), await dashboard(address)];
    for (let turn = 0; turn < 12; turn += 1) {
      a.look(turn);
      b.look(turn, -3_000);
    }
    a.sampling.is = "mine";
    a.look(12);
    await a.history.written();
    expect(await changesOf(a.history)).toEqual([["stolen", "b"]]);

    a.sampling.is = "others";
    b.sampling.is = "mine";
    b.history.forget();
    b.look(13);
    await b.history.written();
    expect(await changesOf(a.history)).toEqual([["stolen", "b"]]);
    expect(await sampledAt(address)).toEqual(Array.from({ length: 14 }, (_, turn) => turn * 10));
  });

  it("write what the first one did not see", async () => {
    const address = await newDatabase(kind);
    const [a, b] = [await dashboard(address), await dashboard(address)];
    for (let turn = 0; turn < 12; turn += 1) {
      if (turn < 4) a.look(turn);
      b.look(turn, 3_000);
    }
    a.sampling.is = "mine";
    a.look(4);
    await a.history.written();
    b.sampling.is = "mine";
    b.history.forget();
    b.look(12, 3_000);
    await b.history.written();
    expect(await changesOf(b.history)).toEqual([["stolen", "b"]]);
    const others = Array.from({ length: 9 }, (_, index) => 43 + index * 10);
    expect(await sampledAt(address)).toEqual([0, 10, 20, 30, 40, ...others]);
  });

  it("lose nothing while nobody refreshes a hub that is back", async () => {
    const address = await newDatabase(kind);
    const { history, look, sampling } = await dashboard(address);
    for (let turn = 0; turn < 3; turn += 1) look(turn);
    sampling.is = "others";
    look(3);
    await new Promise((resolve) => setTimeout(resolve, 100));
    sampling.is = "mine";
    history.forget();
    look(4);
    await history.written();
    expect(await sampledAt(address)).toEqual([0, 10, 20, 30, 40]);
  });
});

describe.each(engines)("a late record, in %s", (kind) => {
  it("is rolled up even though its hour was already", async () => {
    const address = await newDatabase(kind);
    let now = start + 40 * minute;
    let sampler: Sampler = "unknown";
    const options = { refreshSeconds: 60, clock: () => now };
    const first = await openHistory(address, options);
    for (let at = start; at < start + 20 * minute; at += minute) first.record(refresh({ at, lags: [1] }));
    await first.written();
    const second = await openHistory(address, { ...options, samplerOf: () => sampler });
    for (let at = start + 20 * minute; at < start + 40 * minute; at += minute)
      second.record(refresh({ at, lags: [2] }));
    now = start + 70 * minute;
    await rollUp(address, now);
    sampler = "mine";
    second.record(refresh({ at: now, lags: [3] }));
    await second.written();
    await rollUp(address, now);
    const third = await openHistory(address, options);
    const { points } = await third.points({ hub, group, from: start, to: start + 60 * minute, points: 60 });
    const lags = [...Array(20).fill(1), ...Array(20).fill(2)];
    expect(points.slice(0, 40).map(({ lag }) => lag)).toEqual(lags);
  });

  it("is kept when the clock was set back", async () => {
    const address = await newDatabase(kind);
    const { history, look, sampling } = await dashboard(address);
    sampling.is = "mine";
    for (let turn = 1; turn <= 4; turn += 1) look(turn);
    await history.written();
    // By this clock these come before all others. The theft comes after them.
    for (const turn of [6, 7]) look(turn, -turn * every + 5_000 + (turn - 6) * every);
    await history.written();
    expect(await changesOf(history)).toEqual([["stolen", "b"]]);
    expect(await sampledAt(address)).toEqual([5, 10, 15, 20, 30, 40]);
  });
});
