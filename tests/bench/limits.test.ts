import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { overviewSchema } from "#lib/api/overview.ts";
import { readEvents } from "#tests/support/server-sent-events.ts";
import { startLargeWorld } from "#tests/support/simulated/large-world.ts";
import { quantile, usageOf } from "#tests/support/simulated/process-usage.ts";

const refreshSeconds = 10;
const watchedMs = 90_000;
const viewers = 5;
const askEveryMs = 50;

const options = process.env.BENCH_NODE_OPTIONS ?? "";

it.each([
  [1_024, 10],
  [32, 100],
])("watches %i partitions x %i groups within its memory", async (partitions, groups) => {
  const world = await startLargeWorld([{ name: "orders", partitions, groups }], refreshSeconds, {
    NODE_OPTIONS: options,
  });
  onTestFinished(() => world.stop());
  const { url, pid } = world.dashboard;
  await expect.poll(world.refreshes, { timeout: 120_000, interval: 500 }).toBeGreaterThan(1);
  const overview = overviewSchema.parse(await (await fetch(`${url}/api/v1/overview`)).json());
  const shown = overview.eventHubs.flatMap(({ consumerGroups }) => consumerGroups);
  expect(shown.length).toBeGreaterThanOrEqual(groups);
  expect(shown.every(({ totalLag }) => totalLag !== null)).toBe(true);
  for (let viewer = 0; viewer < viewers; viewer += 1) {
    const stream = await readEvents(`${url}/api/v1/stream?hub=orders&group=g${viewer}&changes=true`);
    onTestFinished(() => stream.close());
    const follow = async () => {
      for (;;) await stream.next("snapshot");
    };
    void follow().catch(() => {});
  }
  const before = { ...usageOf(pid), refreshes: world.refreshes() };
  const waits: number[] = [];
  const rss: number[] = [];
  let turnedAt = Date.now();
  for (const end = Date.now() + watchedMs; Date.now() < end; await pause(askEveryMs)) {
    const began = performance.now();
    await (await fetch(`${url}/healthz`)).text();
    waits.push(performance.now() - began);
    rss.push(usageOf(pid).rss);
    if (Date.now() - turnedAt > refreshSeconds * 1_000) {
      world.store.turn();
      turnedAt = Date.now();
    }
  }
  const after = { ...usageOf(pid), refreshes: world.refreshes() };
  const count = after.refreshes - before.refreshes;
  console.log(
    `${partitions} x ${groups}: ${count} refreshes, ${((after.cpuMs - before.cpuMs) / count).toFixed(0)} ms of CPU each with ${viewers} viewers; ` +
      `memory ${quantile(rss, 0.5).toFixed(0)} MB, at most ${after.most.toFixed(0)} MB; ` +
      `others waited p50 ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms, at most ${quantile(waits, 1).toFixed(0)} ms`,
  );
  // The first scrape finds no text ready.
  for (const accept of ["identity", "identity", "gzip"]) {
    const cpuMs = usageOf(pid).cpuMs;
    const began = performance.now();
    const answer = await fetch(`${url}/metrics`, { headers: { "accept-encoding": accept } });
    const { byteLength } = await answer.arrayBuffer();
    console.log(
      `a scrape (${accept}) of ${(byteLength / 1e6).toFixed(1)} MB, ${(Number(answer.headers.get("content-length")) / 1e6).toFixed(1)} MB sent: ` +
        `${(performance.now() - began).toFixed(0)} ms, ${usageOf(pid).cpuMs - cpuMs} ms of CPU`,
    );
  }
  expect(count).toBeGreaterThan(watchedMs / 1_000 / refreshSeconds / 3);
});
