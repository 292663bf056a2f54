import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { readEvents } from "#tests/support/server-sent-events.ts";
import { startLargeWorld } from "#tests/support/simulated/large-world.ts";
import { quantile, usageOf } from "#tests/support/simulated/process-usage.ts";

const partitions = 32;
const groups = 100;
const viewers = 20;
const refreshSeconds = 5;
const watchedMs = Number(process.env.SOAK_MINUTES ?? 30) * 60_000;
const limitMegabytes = 512;
/** Node gives the old generation of its heap half of the container's memory. */
const heapLimit = `--max-old-space-size=${limitMegabytes / 2}`;

it.runIf(process.platform === "linux")(
  "watches 32 partitions x 100 groups that come and go, with twenty viewers, within 512 MB, without growing",
  async () => {
    const hub = { name: "orders", partitions, groups, churns: true };
    const world = await startLargeWorld([hub], refreshSeconds, { NODE_OPTIONS: heapLimit });
    onTestFinished(() => world.stop());
    const { url, pid } = world.dashboard;
    await expect.poll(world.refreshes, { timeout: 120_000, interval: 500 }).toBeGreaterThan(1);
    const told = Array.from({ length: viewers }, () => 0);
    for (let viewer = 0; viewer < viewers; viewer += 1) {
      const of = viewer % 2 === 0 ? "" : `?hub=orders&group=g${viewer}&changes=true`;
      const stream = await readEvents(`${url}/api/v1/stream${of}`);
      onTestFinished(() => stream.close());
      const follow = async () => {
        for (;;) {
          await stream.next("snapshot");
          told[viewer] = (told[viewer] ?? 0) + 1;
        }
      };
      void follow().catch(() => {});
    }
    const before = { listings: world.store.listings.length, told: [...told] };
    const memory: number[] = [];
    let opened = 0;
    for (const end = Date.now() + watchedMs; Date.now() < end; await pause(1_000)) {
      memory.push(usageOf(pid).rss);
      if (memory.length % refreshSeconds === 0) world.store.turn();
      if (memory.length % 10 === 0) {
        const path = opened % 2 === 0 ? "/" : `/event-hubs/orders/consumer-groups/g${opened % (groups / 2)}`;
        expect((await fetch(url + path, { headers: { accept: "text/html" } })).status).toBe(200);
        expect((await fetch(`${url}/metrics`)).status).toBe(200);
        opened += 1;
      }
    }
    const refreshes = world.store.listings.length - before.listings;
    const missing = told.map((count, viewer) => refreshes - (count - (before.told[viewer] ?? 0)));
    const third = Math.floor(memory.length / 3);
    const [earlier, later] = [memory.slice(third, 2 * third), memory.slice(2 * third)].map((part) =>
      quantile(part, 0.5),
    );
    console.log(JSON.stringify({ refreshes, missing, opened, earlier, later, most: usageOf(pid).most }));
    expect(refreshes).toBeGreaterThan(watchedMs / 1_000 / refreshSeconds / 2);
    // The last one may be on its way. A viewer who falls behind is told the newest alone.
    expect(Math.max(...missing)).toBeLessThanOrEqual(1 + refreshes * 0.02);
    expect(usageOf(pid).most).toBeLessThan(limitMegabytes);
    expect((later ?? 0) / (earlier ?? 1)).toBeLessThan(1.15);
  },
  watchedMs + 300_000,
);
