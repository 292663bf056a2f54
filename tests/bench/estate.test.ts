import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { overviewSchema } from "#lib/api/overview.ts";
import { newPostgresDatabase, onPostgres } from "#tests/support/fixtures/history.ts";
import { sdkListing } from "#tests/support/measured/sdk-listing.ts";
import { startLargeSources, startLargeWorld } from "#tests/support/simulated/large-world.ts";
import { quantile, usageOf } from "#tests/support/simulated/process-usage.ts";
import type { HubListing } from "#tests/support/simulated/simulated-store.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";

/** Another size for a try: `BENCH_ESTATE=4x100x5 BENCH_REFRESH_SECONDS=10`. */
const [hubCount = 20, partitions = 1_000, groups = 5] = (process.env.BENCH_ESTATE ?? "20x1000x5")
  .split("x")
  .map(Number);
const refreshSeconds = Number(process.env.BENCH_REFRESH_SECONDS ?? 60);
const rounds = 3;
const mostMegabytes = 1_500;
const mostOfACore = 0.6;
/** A dashboard looks what is its share at least this often, and leaves a free hub to others three times. */
const handoverMs = 4 * Math.min(5_000, (refreshSeconds * 1_000) / 3);
const patience = { timeout: 900_000, interval: 1_000 };

const hubsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `hub-${index}`, partitions, groups }));

async function seenBy({ url }: TestDashboard): Promise<number> {
  const overview = overviewSchema.parse(await (await fetch(`${url}/api/v1/overview`)).json());
  return overview.eventHubs.flatMap(({ consumerGroups }) => consumerGroups).length;
}

/** Asks each dashboard in turn until it is done. Returns how long the answers took. */
async function askUntil(
  isDone: () => boolean,
  dashboards: readonly TestDashboard[],
  count: number,
  turn: () => void,
): Promise<number[]> {
  const answers: number[] = [];
  for (let asked = 0; !isDone(); asked += 1) {
    const { url } = dashboards[asked % dashboards.length] as TestDashboard;
    const hub = `hub-${asked % count}`;
    const path = ["/api/v1/overview", `/api/v1/event-hubs/${hub}/consumer-groups/g0`, "/healthz"][asked % 3];
    const began = performance.now();
    const answer = await fetch(`${url}${path}`);
    const text = await answer.text();
    expect(answer.status, `${path}: ${text.slice(0, 300)}`).toBe(200);
    answers.push(performance.now() - began);
    if (asked % 300 === 299) turn();
    await pause(200);
  }
  return answers;
}

function told(answers: readonly number[]): string {
  const [middle, late, last] = [0.5, 0.99, 1].map((share) => quantile(answers, share).toFixed(0));
  return `answers p50 ${middle} ms, p99 ${late} ms, at most ${last} ms`;
}

it.each([Math.ceil(hubCount / 4), hubCount])(
  `watches an estate of %i hubs x ${partitions} partitions x ${groups} groups`,
  async (count) => {
    const world = await startLargeWorld(hubsOf(count), refreshSeconds);
    onTestFinished(() => world.stop());
    const { pid } = world.dashboard;
    await expect.poll(() => seenBy(world.dashboard), patience).toBe(count * groups);
    const before = { ...usageOf(pid), refreshes: world.refreshes(), at: Date.now() };
    const isDone = () => world.refreshes() - before.refreshes >= rounds * count;
    const answers = await askUntil(isDone, [world.dashboard], count, world.store.turn);
    const after = { ...usageOf(pid), at: Date.now() };
    const done = (world.refreshes() - before.refreshes) / count;
    const cpuSeconds = (after.cpuMs - before.cpuMs) / 1_000 / done;
    const seconds = (after.at - before.at) / 1_000 / done;
    console.log(
      `${count} hubs x ${partitions} x ${groups}: a round takes ${cpuSeconds.toFixed(1)} s of CPU, one comes every ${seconds.toFixed(0)} s ` +
        `(${((100 * cpuSeconds) / refreshSeconds).toFixed(0)} % of a core at ${refreshSeconds} s); memory ${after.rss.toFixed(0)} MB, at most ${after.most.toFixed(0)} MB; ` +
        `${((after.written - before.written) / done / 1_000).toFixed(0)} kB written a round; ${told(answers)}`,
    );
    expect(done).toBeGreaterThanOrEqual(rounds);
    expect(after.most).toBeLessThan(mostMegabytes);
    await world.dashboard.end();
    const { slowness } = await sdkListing(world.store.url, `${localNamespace}/hub-0/`);
    expect(cpuSeconds / refreshSeconds).toBeLessThan(mostOfACore * slowness);
    // Hubs are read apart from each other, and a period is up to a tenth shorter than its setting.
    expect(seconds).toBeLessThan(1.1 * refreshSeconds * slowness);
  },
);

/** The reader of each hub's last listing, and how many hubs each has. */
function sharesOf(listings: readonly HubListing[], names: readonly string[]): number[] {
  const last = names.map((name) => listings.findLast(({ hub }) => hub === name)?.reader ?? "");
  return [...new Set(last)].map((reader) => last.filter((one) => one === reader).length).sort();
}

function handoversSince(since: number, listings: readonly HubListing[], names: readonly string[]) {
  const gaps: number[] = [];
  let changes = 0;
  let mostOfOne = 0;
  let together = 0;
  for (const name of names) {
    const own = listings.filter(({ hub }) => hub === name);
    let ofThis = 0;
    for (const [index, { from, reader }] of own.entries()) {
      const previous = own[index - 1];
      if (previous === undefined || from < since) continue;
      gaps.push(from - previous.from);
      if (previous.reader === reader) continue;
      ofThis += 1;
      if (previous.to !== null && previous.to > from) together += 1;
    }
    changes += ofThis;
    mostOfOne = Math.max(mostOfOne, ofThis);
  }
  return { changes, mostOfOne, together, longestMs: Math.max(...gaps) };
}

it(`shares ${hubCount} hubs x ${partitions} partitions x ${groups} groups among dashboards on one PostgreSQL`, async () => {
  const names = hubsOf(hubCount).map(({ name }) => name);
  const sources = await startLargeSources(hubsOf(hubCount));
  onTestFinished(() => sources.stop());
  const { store } = sources;
  const url = (await newPostgresDatabase()).reveal();
  const database = new URL(url).pathname.slice(1);
  const dashboards: TestDashboard[] = [];
  onTestFinished(async () => void (await Promise.all(dashboards.map((each) => each.end()))));
  // PostgreSQL tells a session's times when it ends a statement, within a second.
  const worked = async () => {
    const [row] = (await onPostgres(
      `select pg_current_wal_lsn() - '0/0'::pg_lsn as log, active_time as ms from pg_stat_database where datname = '${database}'`,
      url,
    )) as { log: string; ms: number }[];
    return { log: Number(row?.log), ms: row?.ms ?? Number.NaN };
  };
  const total = (of: (usage: ReturnType<typeof usageOf>) => number) =>
    dashboards.map(({ pid }) => of(usageOf(pid)));
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

  for (const count of [1, 2, 3]) {
    const joinedAt = Date.now();
    const joined = await startDashboard(sources.configOf(refreshSeconds, `dashboard${count}`), {
      DATABASE_URL: url,
    });
    dashboards.push(joined);
    const even = Array.from({ length: count }, (_, index) => Math.floor((hubCount + index) / count));
    await expect.poll(() => sharesOf(store.listings, names), patience).toEqual(even);
    const evenAfter = (Date.now() - joinedAt) / 1_000;
    await expect.poll(() => seenBy(joined), patience).toBe(hubCount * groups);
    const before = {
      cpu: total(({ cpuMs }) => cpuMs),
      listings: store.listings.length,
      at: Date.now(),
      ...(await worked()),
    };
    const isDone = () => store.listings.length - before.listings >= rounds * hubCount;
    const answers = await askUntil(isDone, dashboards, hubCount, store.turn);
    const after = { cpu: total(({ cpuMs }) => cpuMs), at: Date.now(), ...(await worked()) };
    const done = (store.listings.length - before.listings) / hubCount;
    const cpu = after.cpu.map((ms, index) => (ms - (before.cpu[index] ?? 0)) / 1_000 / done);
    const { changes, mostOfOne, together, longestMs } = handoversSince(joinedAt, store.listings, names);
    console.log(
      `${count} of them, ${even.join(" + ")} hubs after ${evenAfter.toFixed(0)} s: a round takes ${sum(cpu).toFixed(1)} s of CPU ` +
        `(${cpu.map((seconds) => seconds.toFixed(1)).join(" + ")}), one comes every ${((after.at - before.at) / 1_000 / done).toFixed(0)} s; ` +
        `memory at most ${total(({ most }) => most)
          .map((most) => most.toFixed(0))
          .join(" + ")} MB; ` +
        `${((after.log - before.log) / done / 1e6).toFixed(1)} MB of log and ${((after.ms - before.ms) / done).toFixed(0)} ms of PostgreSQL a round; ${told(answers)}; ` +
        `${changes} handovers, a hub read again after at most ${(longestMs / 1_000).toFixed(0)} s`,
    );
    expect(sharesOf(store.listings, names)).toEqual(even);
    expect(Math.max(...total(({ most }) => most))).toBeLessThan(mostMegabytes);
    expect(together).toBe(0);
    // Two that read one hub at once would take turns.
    expect(mostOfOne).toBeLessThanOrEqual(1);
    expect(longestMs).toBeLessThan(refreshSeconds * 1_000 + handoverMs + 10_000);
  }
});
