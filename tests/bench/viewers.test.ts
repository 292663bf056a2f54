import { type ClientRequest, get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { sdkListing } from "#tests/support/measured/sdk-listing.ts";
import { startLargeWorld } from "#tests/support/simulated/large-world.ts";
import { quantile, usageOf } from "#tests/support/simulated/process-usage.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";

const refreshSeconds = 10;
const rounds = 5;

interface Watched {
  ends: number[];
  request: ClientRequest;
}

/** Reads a stream without parsing it. Tells when each snapshot's last byte came. */
function watch(url: string): Promise<Watched> {
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

async function settled(refreshes: () => number): Promise<void> {
  const before = refreshes();
  await expect.poll(refreshes, { timeout: 60_000, interval: 50 }).toBeGreaterThan(before);
}

it("serves a hub of 1,024 partitions to 1,000 viewers as to one", async () => {
  const world = await startLargeWorld([{ name: "orders", partitions: 1_024, groups: 10 }], refreshSeconds);
  onTestFinished(() => world.stop());
  const { url, pid } = world.dashboard;
  await expect.poll(world.refreshes, { timeout: 120_000, interval: 500 }).toBeGreaterThan(1);
  const streams: Watched[] = [];
  onTestFinished(() => {
    for (const { request } of streams) request.destroy();
  });
  const told = () => Math.min(...streams.map(({ ends }) => ends.length));
  const upstream: number[] = [];
  let apart: number[] = [];
  for (const viewers of [1, 100, 1_000]) {
    const more = Array.from({ length: viewers - streams.length }, () =>
      watch(`${url}/api/v1/stream?hub=orders&hubPartitions=true&changes=true`),
    );
    streams.push(...(await Promise.all(more)));
    await expect.poll(told, { timeout: 60_000, interval: 200 }).toBeGreaterThan(0);
    // Right after a refresh nothing is being read.
    await settled(world.refreshes);
    await pause(2_000);
    const began = streams.map(({ ends }) => ends.length);
    const before = { ...usageOf(pid), requests: world.requests(), refreshes: world.refreshes() };
    for (let round = 0; round < rounds; round += 1) {
      world.store.turn();
      await settled(world.refreshes);
    }
    const isTold = () =>
      streams.every(({ ends }, viewer) => (ends[(began[viewer] ?? 0) + rounds - 1] ?? 0) > 0);
    await expect.poll(isTold, { timeout: 60_000, interval: 200 }).toBe(true);
    const after = { ...usageOf(pid), requests: world.requests(), refreshes: world.refreshes() };
    const count = after.refreshes - before.refreshes;
    apart = Array.from({ length: rounds }, (_, round) => {
      const at = streams.map(({ ends }, viewer) => ends[(began[viewer] ?? 0) + round] ?? Number.NaN);
      return Math.max(...at) - Math.min(...at);
    });
    upstream.push((after.requests - before.requests) / count);
    console.log(
      `${viewers} viewers: ${count} refreshes, ${upstream.at(-1)?.toFixed(0)} requests upstream and ` +
        `${((after.cpuMs - before.cpuMs) / count).toFixed(0)} ms of CPU each; the last viewer has one ` +
        `${quantile(apart, 0.5).toFixed(0)} ms after the first, at most ${Math.max(...apart).toFixed(0)} ms; memory at most ${after.most.toFixed(0)} MB`,
    );
  }
  const { most } = usageOf(pid);
  await world.dashboard.end();
  const { slowness } = await sdkListing(world.store.url, `${localNamespace}/orders/`);
  const [ofOne = 0] = upstream;
  expect(ofOne).toBeGreaterThan(1_024);
  expect(Math.max(...upstream)).toBeLessThanOrEqual(ofOne);
  expect(Math.max(...apart)).toBeLessThan(1_000 * slowness);
  expect(most).toBeLessThan(600);
});
