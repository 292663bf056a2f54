import { type ClientRequest, get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { startLargeWorld } from "#tests/support/simulated/large-world.ts";
import { quantile, usageOf } from "#tests/support/simulated/process-usage.ts";

const refreshSeconds = 10;
const rounds = 5;

/** Reads a stream without parsing it. Tells when each snapshot's last byte came. */
function watch(url: string): Promise<{ ends: number[]; request: ClientRequest }> {
  const ends: number[] = [];
  const marker = "event: snapshot";
  let rest = "";
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`));
      response.setEncoding("latin1").on("data", (text: string) => {
        const parts = (rest + text).split(marker);
        for (const _ of parts.slice(1)) ends.push(0);
        rest = (rest + text).slice(1 - marker.length);
        // A comment that keeps the connection open is no part of a snapshot.
        if (!text.startsWith(":")) ends[ends.length - 1] = performance.now();
      });
      resolve({ ends, request });
    }).on("error", reject);
  });
}

it.each([1, 100, 1_000])("serves a hub of 1,024 partitions to %i viewers", async (viewers) => {
  const world = await startLargeWorld([{ name: "orders", partitions: 1_024, groups: 10 }], refreshSeconds);
  onTestFinished(() => world.stop());
  const { url, pid } = world.dashboard;
  await expect.poll(world.refreshes, { timeout: 120_000, interval: 500 }).toBeGreaterThan(1);
  const streams = await Promise.all(
    Array.from({ length: viewers }, () =>
      watch(`${url}/api/v1/stream?hub=orders&hubPartitions=true&changes=true`),
    ),
  );
  onTestFinished(() => {
    for (const { request } of streams) request.destroy();
  });
  const told = () => Math.min(...streams.map(({ ends }) => ends.length));
  await expect.poll(told, { timeout: 60_000, interval: 200 }).toBeGreaterThan(0);
  await pause(2_000);
  const began = told();
  const before = { ...usageOf(pid), requests: world.requests(), refreshes: world.refreshes() };
  while (told() < began + rounds) {
    const refreshes = world.refreshes();
    world.store.turn();
    await expect.poll(world.refreshes, { timeout: 60_000, interval: 100 }).toBeGreaterThan(refreshes);
  }
  await pause(2_000);
  const after = { ...usageOf(pid), requests: world.requests(), refreshes: world.refreshes() };
  const count = after.refreshes - before.refreshes;
  const apart = Array.from({ length: rounds }, (_, round) => {
    const at = streams.map(({ ends }) => ends[began + round] ?? Number.NaN);
    return Math.max(...at) - Math.min(...at);
  });
  console.log(
    `${viewers} viewers: ${count} refreshes, ${((after.requests - before.requests) / count).toFixed(0)} requests upstream and ` +
      `${((after.cpuMs - before.cpuMs) / count).toFixed(0)} ms of CPU each; the last viewer has one ` +
      `${quantile(apart, 0.5).toFixed(0)} ms after the first, at most ${Math.max(...apart).toFixed(0)} ms; memory at most ${after.most.toFixed(0)} MB`,
  );
  expect(apart.some(Number.isNaN)).toBe(false);
});
