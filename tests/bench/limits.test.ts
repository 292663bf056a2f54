import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { overviewSchema } from "#lib/api/overview.ts";
import { bytesOf } from "#tests/support/measured/bytes-of.ts";
import { sdkListing } from "#tests/support/measured/sdk-listing.ts";
import { startAsking } from "#tests/support/measured/waits.ts";
import { readEvents } from "#tests/support/server-sent-events.ts";
import { startLargeWorld } from "#tests/support/simulated/large-world.ts";
import { quantile, usageOf } from "#tests/support/simulated/process-usage.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";

const refreshSeconds = 10;
const watchedMs = 90_000;
const viewers = 5;
const lookEveryMs = 50;
const scrapeEveryMs = 15_000;

const options = process.env.BENCH_NODE_OPTIONS ?? "";

/**
 * `mostCpu` is a multiple of the SDK's listing alone. Beside its own listing a refresh has the hub's reads over
 * AMQP in it, the history's samples, the viewers' messages, its share of the scrapes, and 200 questions how it
 * is; the SDK's figure has the sending in it, since the store is in its process. What the listing and the figures
 * alone take is held in `refresh.test.ts`.
 */
it.each([
  { partitions: 1_024, groups: 10, mostMegabytes: 400, mostCpu: 1.2 },
  { partitions: 32, groups: 100, mostMegabytes: 300, mostCpu: 2 },
])("watches $partitions partitions x $groups groups within its limits", async (size) => {
  const { partitions, groups, mostMegabytes, mostCpu } = size;
  const world = await startLargeWorld([{ name: "orders", partitions, groups }], refreshSeconds, {
    NODE_OPTIONS: options,
  });
  onTestFinished(() => world.stop());
  const { url, pid } = world.dashboard;
  const scrape = () => bytesOf(`${url}/metrics`, "gzip");
  await expect.poll(world.refreshes, { timeout: 120_000, interval: 500 }).toBeGreaterThan(1);
  const overview = overviewSchema.parse(await (await fetch(`${url}/api/v1/overview`)).json());
  const shown = overview.eventHubs.flatMap(({ consumerGroups }) => consumerGroups);
  expect(shown.length).toBeGreaterThanOrEqual(groups);
  expect(shown.every(({ totalLag }) => totalLag !== null)).toBe(true);
  const takeWaits = await startAsking(url);
  for (let viewer = 0; viewer < viewers; viewer += 1) {
    const stream = await readEvents(`${url}/api/v1/stream?hub=orders&group=g${viewer}&changes=true`);
    onTestFinished(() => stream.close());
    const follow = async () => {
      for (;;) await stream.next("snapshot");
    };
    void follow().catch(() => {});
  }
  const firstUntil = world.refreshes() + 4;
  await expect
    .poll(
      () => {
        world.store.turn();
        return world.refreshes();
      },
      { timeout: 120_000, interval: refreshSeconds * 1_000 },
    )
    .toBeGreaterThanOrEqual(firstUntil);
  const unscraped = usageOf(pid).most;
  // The first scrape finds no text ready.
  await scrape();
  const before = { ...usageOf(pid), refreshes: world.refreshes() };
  const rss: number[] = [];
  let [turnedAt, scrapedAt] = [Date.now(), Date.now()];
  for (const end = Date.now() + watchedMs; Date.now() < end; await pause(lookEveryMs)) {
    rss.push(usageOf(pid).rss);
    if (Date.now() - turnedAt > refreshSeconds * 1_000) {
      world.store.turn();
      turnedAt = Date.now();
    }
    if (Date.now() - scrapedAt > scrapeEveryMs) {
      scrapedAt = Date.now();
      expect(await scrape()).toBeGreaterThan(10_000);
    }
  }
  const after = { ...usageOf(pid), refreshes: world.refreshes() };
  const waits = await takeWaits();
  for (const encoding of ["identity", "gzip", "br"]) {
    const { cpuMs } = usageOf(pid);
    const began = performance.now();
    const sent = await bytesOf(`${url}/metrics`, encoding);
    console.log(
      `a scrape (${encoding}), ${(sent / 1e6).toFixed(1)} MB sent: ${(performance.now() - began).toFixed(0)} ms, ${usageOf(pid).cpuMs - cpuMs} ms of CPU`,
    );
  }
  // From here this process alone works.
  await world.dashboard.end();
  const sdk = await sdkListing(world.store.url, `${localNamespace}/orders/`);
  const count = after.refreshes - before.refreshes;
  const cpuMs = (after.cpuMs - before.cpuMs) / count;
  console.log(
    `${partitions} x ${groups}: ${count} refreshes, ${cpuMs.toFixed(0)} ms of CPU each with ${viewers} viewers and a scraper, ` +
      `the SDK's listing alone ${sdk.cpuMs.toFixed(0)} ms: ${(cpuMs / sdk.cpuMs).toFixed(2)} x; ` +
      `memory ${quantile(rss, 0.5).toFixed(0)} MB, at most ${after.most.toFixed(0)} MB, before the first scrape ${unscraped.toFixed(0)} MB; ${waits.told}`,
  );
  expect(count).toBeGreaterThan(watchedMs / 1_000 / refreshSeconds / 3);
  expect(cpuMs / sdk.cpuMs).toBeLessThan(mostCpu);
  expect(waits.late).toBeLessThan(60 * sdk.slowness + waits.idle.late);
  expect(waits.longest).toBeLessThan(150 * sdk.slowness + waits.idle.longest);
  expect(after.most).toBeLessThan(mostMegabytes);
});
