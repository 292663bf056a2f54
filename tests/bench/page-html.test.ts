import { expect, it, onTestFinished } from "vitest";
import { bytesOf } from "#tests/support/measured/bytes-of.ts";
import { startLargeWorld } from "#tests/support/simulated/large-world.ts";
import { quantile } from "#tests/support/simulated/process-usage.ts";

const tries = 15;

const headers = { accept: "text/html" };

it.each([
  [32, 100, "/", 250_000],
  [1_024, 1, "/event-hubs/orders/consumer-groups/g0", 300_000],
  [1_024, 1, "/event-hubs/orders", 150_000],
])(
  "sends of %i partitions x %i groups at %s what the first screen shows",
  async (partitions, groups, path, most) => {
    const world = await startLargeWorld([{ name: "orders", partitions, groups }], 10);
    onTestFinished(() => world.stop());
    await expect.poll(world.refreshes, { timeout: 120_000, interval: 500 }).toBeGreaterThan(0);
    const url = world.dashboard.url + path;
    // The first answer also brings what a part of the page is drawn with before it is loaded.
    await bytesOf(url, "gzip", headers);
    const [plain, zipped] = [await bytesOf(url, "identity", headers), await bytesOf(url, "gzip", headers)];
    const times: number[] = [];
    for (let turn = 0; turn < tries; turn += 1) {
      const began = performance.now();
      await bytesOf(url, "gzip", headers);
      times.push(performance.now() - began);
    }
    console.log(
      `${path} of ${partitions} x ${groups}: ${(plain / 1_000).toFixed(0)} kB of HTML, ${(zipped / 1_000).toFixed(0)} kB sent, ` +
        `${quantile(times, 0.5).toFixed(0)} ms (95 %: ${quantile(times, 0.95).toFixed(0)})`,
    );
    expect(plain).toBeLessThan(most);
  },
);
