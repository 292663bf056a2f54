import { describe, expect, it, onTestFinished } from "vitest";
import type { History } from "#lib/history/history.ts";
import { defaultRetention, type Retention } from "#lib/history/samples/tiers.ts";
import { Database } from "#lib/history/storage/database.ts";
import type { DatabaseAddress } from "#lib/history/storage/engine.ts";
import { keepPartitions } from "#lib/history/writing/partitions.ts";
import { engines, finishUpkeep, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { plannedWrite, planRecord } from "#tests/support/fixtures/plan-record.ts";
import { group, hub, refresh } from "#tests/support/fixtures/refresh.ts";

const start = Date.UTC(2026, 0, 15, 12);
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

function ask(
  history: History,
  from: number,
  to: number,
  more: { points?: number; partition?: number; beside?: { partitions: number[]; most: number } } = {},
) {
  return history.points({ hub, group, from, to, points: 100, ...more });
}

describe.each(engines)("samples in %s", (kind) => {
  it("gives back what was recorded, sums and partitions, also over a restart", async () => {
    const address = await newDatabase(kind);
    const clock = () => start + minute;
    const first = await openHistory(address, { clock });
    for (let i = 0; i < 3; i += 1) {
      const at = start + i * 10 * second;
      const lags = [i, null, 2_000_000_000 + i];
      first.record(refresh({ at, lags, secondsAreBounds: true, inPerSecond: 12.5, outPerSecond: 0 }));
    }
    await first.written();
    await first.close();

    const history = await openHistory(address, { clock });
    history.record(refresh({ at: start + 30 * second, lags: [3, 7, 40] }));
    await history.written();
    const { points, stepSeconds, fault } = await ask(history, start, start + 40 * second);
    expect(fault).toBeNull();
    expect(stepSeconds).toBe(10);
    const sum = (lag: number | null, unknown: number) => ({
      lag,
      lagMax: lag,
      measuredLag: lag,
      measuredLagMax: lag,
      partitionsUnknown: unknown,
      partitionsBounded: 0,
    });
    expect(points).toEqual([
      ...[0, 1, 2].map((i) => ({
        at: start + i * 10 * second,
        ...sum(null, 1),
        lagSeconds: 20_000_000,
        lagSecondsIsLowerBound: true,
        eventsInPerSecond: 12.5,
        eventsOutPerSecond: 0,
      })),
      {
        at: start + 30 * second,
        ...sum(50, 0),
        lagSeconds: 0.4,
        lagSecondsIsLowerBound: false,
        eventsInPerSecond: null,
        eventsOutPerSecond: null,
      },
    ]);
    const second1 = await ask(history, start, start + 40 * second, { partition: 1 });
    expect(second1.points.map(({ lag }) => lag)).toEqual([null, null, null, 7]);
    expect(second1.points.map((point) => point.lagSecondsIsLowerBound)).toEqual([false, false, false, false]);
  });

  it("tells a partition's rates from its ends and checkpoints", async () => {
    const history = await openHistory(await newDatabase(kind), { clock: () => start + 3 * minute });
    for (let i = 0; i < 18; i += 1) {
      const at = start + i * 10 * second;
      history.record(refresh({ at, lags: [0, i * 100], ends: [5_000, 5_000 + i * 500] }));
    }
    await history.written();
    const { points } = await ask(history, start, start + 3 * minute, { partition: 1 });
    expect(points.map((point) => point.eventsInPerSecond).slice(1)).toEqual(Array(17).fill(50));
    expect(points.map((point) => point.eventsOutPerSecond).slice(1)).toEqual(Array(17).fill(40));
    expect(points[0]).toMatchObject({ lag: 0, eventsInPerSecond: null, eventsOutPerSecond: null });
  });

  it("does not count a partition's forward reset as events that went out", async () => {
    const history = await openHistory(await newDatabase(kind), { clock: () => start + 3 * minute });
    const address = `${hub.fullyQualifiedNamespace}/${hub.eventHubName}`;
    const writtenAt = start + 84 * second;
    for (let i = 0; i < 18; i += 1) {
      const at = start + i * 10 * second;
      const lag = at < writtenAt ? 1_000_000 : 0;
      history.record(refresh({ at, lags: [5, lag], ends: [5_000 + i * 500, 2_000_000 + i * 500] }));
    }
    await history.written();
    const plan = planRecord([plannedWrite("1")], { now: writtenAt, address, group: group.name });
    const { planId } = plan.plan;
    await history.resets.savePlan(plan, writtenAt + hour, writtenAt);
    await history.resets.begin({
      resetId: "r1",
      planId,
      actor: "admin-1",
      instance: "one",
      now: writtenAt - second,
    });
    await history.resets.note("r1", "one", [{ partitionId: "1", result: "writing", before: null }]);
    const after = { etag: "1", updatedAt: writtenAt, sequenceNumber: 2_003_999, offset: "5" };
    await history.resets.note("r1", "one", [{ partitionId: "1", result: "written", after, reason: null }]);
    const rates = async (partition: number) => {
      const { points } = await ask(history, start, start + 3 * minute, { partition });
      return points.map(({ eventsOutPerSecond }) => eventsOutPerSecond);
    };
    expect(await rates(0)).toEqual([null, ...Array(17).fill(50)]);
    expect(await rates(1)).toEqual([null, ...Array(7).fill(50), null, null, ...Array(8).fill(50)]);
  });

  it("shows a gap as points of nulls, and a late refresh as none", async () => {
    const history = await openHistory(await newDatabase(kind), { clock: () => start + minute });
    for (const s of [0, 10, 24, 50]) history.record(refresh({ at: start + s * second, lags: [s] }));
    history.record(refresh({ at: start + 55 * second, lags: [1], stale: true }));
    await history.written();
    const { points } = await ask(history, start, start + minute);
    // The sample at 24 holds until 49: through the next step, but not the one after.
    expect(points.map(({ lag }) => lag)).toEqual([0, 10, 24, 24, null, 50]);
    const old = await ask(history, start - hour, start);
    expect(new Set(old.points.map(({ lag }) => lag))).toEqual(new Set([null]));
  });

  it("keeps measured values apart from upper bounds, also after a roll-up", async () => {
    let now = start + 70 * second;
    const address = await newDatabase(kind);
    const history = await openHistory(address, { clock: () => now });
    // Partition 1 has its first checkpoint after half a minute. Until then its whole stream counts.
    const bound = (at: number) => history.record(refresh({ at, lags: [5, 60_000, null], bounds: [1] }));
    const measured = (at: number) => history.record(refresh({ at, lags: [5, 20, null] }));
    for (const s of [0, 10, 20]) bound(start + s * second);
    for (const s of [30, 40, 50, 60]) measured(start + s * second);
    await history.written();
    const { points } = await ask(history, start, now);
    expect(points.map(({ lag }) => lag)).toEqual([60_005, 60_005, 60_005, 25, 25, 25, 25]);
    expect(points.map(({ measuredLag }) => measuredLag)).toEqual([null, null, null, 25, 25, 25, 25]);
    expect(new Set(points.map(({ partitionsUnknown }) => partitionsUnknown))).toEqual(new Set([1]));
    const one = await ask(history, start, now, { partition: 1 });
    expect(one.points.map(({ measuredLag }) => measuredLag)).toEqual([null, null, null, 20, 20, 20, 20]);

    now = start + 2 * hour;
    await keepUp(address, now, defaultRetention);
    const [rolled] = (await ask(history, start, start + hour, { points: 60 })).points;
    expect(rolled).toMatchObject({ lag: 25, lagMax: 60_005, measuredLag: 25, measuredLagMax: 25 });
    expect(rolled?.partitionsUnknown).toBe(1);
    const [rolledOne] = (await ask(history, start, start + hour, { points: 60, partition: 1 })).points;
    expect(rolledOne).toMatchObject({ lag: 20, lagMax: 20, measuredLag: 20 });
  });

  it("gives partitions beside the sum: the requested ones, or the furthest behind when there are too many", async () => {
    const history = await openHistory(await newDatabase(kind), { clock: () => start + minute });
    for (let i = 0; i < 6; i += 1) {
      // Partition 2 was far behind once, 3 has no checkpoint, and nothing is known of 4.
      const lags = [i, 10, i === 2 ? 900 : 0, 70_000, null];
      history.record(refresh({ at: start + i * 10 * second, lags, bounds: [3] }));
      // The last two are only in memory when they are asked for.
      if (i === 3) await history.written();
    }
    const lines = async (partitions: number[], most: number) =>
      (await ask(history, start, start + minute, { beside: { partitions, most } })).beside;
    const two = await lines([1, 0, 1], 8);
    expect(two.map(({ partition }) => partition)).toEqual([0, 1]);
    expect(two[0]?.points.map(({ lag }) => lag)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(two[1]?.points.map(({ at }) => at)).toEqual(
      [0, 1, 2, 3, 4, 5].map((i) => start + i * 10 * second),
    );
    const furthest = await lines([0, 1, 2, 3, 4], 2);
    expect(furthest.map(({ partition }) => partition)).toEqual([1, 2]);
    expect(furthest[1]?.points.map(({ lag }) => lag)).toEqual([0, 0, 900, 0, 0, 0]);
  });

  it("says since when a group is watched", async () => {
    const address = await newDatabase(kind);
    let now = start + 30 * second;
    const history = await openHistory(address, { clock: () => now });
    const since = async (from: number) => (await ask(history, from, now)).watchedSince;
    expect(await since(start - hour)).toBeNull();
    history.record(refresh({ at: start, lags: [1] }));
    await history.written();
    expect(await since(start - hour)).toBe(start);
    const owners = await history.owners({ hub, group, from: start - hour, to: now });
    expect(owners.watchedSince).toBe(start);
    // The raw samples are past their time, so the answer is as exact as the step of the rest.
    now = start + 3 * day;
    for (let at = start + 10 * second; at < start + minute; at += 10 * second)
      history.record(refresh({ at, lags: [1] }));
    await history.written();
    await keepUp(address, now, defaultRetention);
    expect(await since(now - hour)).toBe(start + 50 * second);
  });

  it("rolls up to minutes and hours with max and last, keeps gaps, and deletes what is past its time", async () => {
    let now = start;
    const end = start + 16 * hour;
    const address = await newDatabase(kind);
    const retention = { rawMs: 3 * hour, minutesMs: 8 * hour, hoursMs: 30 * day };
    const options = { clock: () => now, retention, refreshSeconds: 30 };
    const recording = await openHistory(address, options);
    for (let at = start; at < end; at += 30 * second) {
      // Half an hour of each second hour is missing. Each hour has one peak, which is not its last value.
      if (at % (2 * hour) >= hour && at % hour >= hour / 2) continue;
      now = at;
      recording.record(refresh({ at, lags: [at % hour === 10 * minute ? 900 : 5, 1] }));
      // Memory holds no more than an hour of unwritten samples.
      if (at % hour === 0) await recording.written();
    }
    await recording.close();
    now = end;
    const kept = await keepUp(address, now, retention);
    // PostgreSQL forgets whole days, and one ends twelve hours after the start.
    expect(kept).toEqual(kind === "sqlite" ? { 0: 13, 1: 8, 2: -12 } : { 0: 12, 1: 0, 2: -12 });

    const history = await openHistory(address, options);
    const hours = await ask(history, start, now, { points: 16 });
    expect(hours.stepSeconds).toBe(3600);
    expect(hours.points).toHaveLength(16);
    expect(hours.points.every(({ lag, lagMax }) => lag === 6 && lagMax === 901)).toBe(true);
    const minutes = await ask(history, start + 9 * hour, start + 10 * hour, { points: 60 });
    expect(minutes.stepSeconds).toBe(60);
    expect(minutes.points.map(({ lag }) => lag)).toEqual([...Array(30).fill(6), ...Array(30).fill(null)]);
    expect(minutes.points[10]?.lagMax).toBe(901);
    const partition = await ask(history, start + 9 * hour, start + 10 * hour, { points: 60, partition: 0 });
    expect(partition.points[10]).toMatchObject({ lag: 5, lagMax: 900 });
    // A finer request than what is kept gets minutes, and no false gaps.
    const finer = await ask(history, start + 9 * hour, start + 9 * hour + 10 * minute, { points: 1_000 });
    expect(finer.stepSeconds).toBe(60);
    expect(finer.points.map(({ lag }) => lag)).toEqual(Array(10).fill(6));
  });
});

async function keepUp(
  address: DatabaseAddress,
  now: number,
  retention: Retention,
): Promise<Record<number, number>> {
  const database = new Database(address);
  onTestFinished(() => database.close());
  const engine = await database.engine();
  await finishUpkeep(engine, now, retention);
  await keepPartitions(engine, now, retention);
  const rows = await engine.db
    .selectFrom("chunks")
    .select(["tier", ({ fn }) => fn.min("starts_at").as("first")])
    .groupBy("tier")
    .execute();
  return Object.fromEntries(rows.map(({ tier, first }) => [tier, (first - start) / hour]));
}
