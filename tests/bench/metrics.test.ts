import { expect, it, onTestFinished } from "vitest";
import { bytesOf } from "#tests/support/measured/bytes-of.ts";
import { sdkListing } from "#tests/support/measured/sdk-listing.ts";
import { startAsking, type Waits } from "#tests/support/measured/waits.ts";
import { startLargeWorld } from "#tests/support/simulated/large-world.ts";
import { quantile } from "#tests/support/simulated/process-usage.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const groups = Array.from({ length: 100 }, (_, index) => `group-${index}`);
const partitionCount = 32;
const scrapes = 200;

it("answers a scrape of 32 partitions x 100 groups quickly, also while it refreshes", async () => {
  const world = await startLocalWorld([{ name: "orders", partitionCount, consumerGroups: groups }]);
  onTestFinished(() => world.stop());
  for (let partition = 0; partition < partitionCount; partition += 1) {
    world.enqueue("orders", String(partition), 20);
  }
  for (const group of groups) {
    await Promise.all(
      Array.from({ length: partitionCount }, async (_, partition) => {
        await world.checkpoint("orders", group, String(partition), partition % 20);
        await world.own("orders", group, String(partition), `owner-${partition % 4}`);
      }),
    );
  }
  const dashboard = await startDashboard({
    refreshSeconds: 5,
    eventHubs: [world.hubConfig("orders", { ownershipExpirationSeconds: 86_400 })],
  });
  onTestFinished(async () => void (await dashboard.end()));
  await expect
    .poll(async () => (await fetch(`${dashboard.url}/readyz`)).status, { timeout: 60_000 })
    .toBe(200);
  // After the first scrape the text is written ahead of the next.
  await (await fetch(`${dashboard.url}/metrics`)).text();
  const times: number[] = [];
  const empty: number[] = [];
  let text = "";
  const timed = async (path: string, into: number[]) => {
    const began = performance.now();
    // Compressed, this process would unpack it.
    const headers = { "accept-encoding": "identity" };
    const answer = await (await fetch(`${dashboard.url}${path}`, { headers })).text();
    into.push(performance.now() - began);
    return answer;
  };
  for (let turn = 0; turn < scrapes; turn += 1) {
    text = await timed("/metrics", times);
    await timed("/healthz", empty);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
  console.log(
    `${series} series, ${(text.length / 1e6).toFixed(1)} MB: a scrape ${quantile(times, 0.5).toFixed(1)} ms ` +
      `(95 %: ${quantile(times, 0.95).toFixed(1)}), an empty answer ${quantile(empty, 0.5).toFixed(1)} ms ` +
      `(95 %: ${quantile(empty, 0.95).toFixed(1)})`,
  );
  expect(series).toBeGreaterThan(groups.length * partitionCount * 6);
  expect((quantile(times, 0.5) - quantile(empty, 0.5)) / 50).toBeLessThan(1);
});

it("holds up nobody with scrapes of 1,024 partitions x 10 groups", async () => {
  const world = await startLargeWorld([{ name: "orders", partitions: 1_024, groups: 10 }], 10);
  onTestFinished(() => world.stop());
  const url = `${world.dashboard.url}/metrics`;
  await expect.poll(world.refreshes, { timeout: 120_000, interval: 500 }).toBeGreaterThan(1);
  // After the first scrape the text is written ahead of the next.
  await bytesOf(url, "identity");
  const all: Waits[] = [];
  for (const encoding of ["identity", "gzip", "br"]) {
    const takeWaits = await startAsking(world.dashboard.url);
    const refreshes = world.refreshes();
    const times: number[] = [];
    let sent = 0;
    while (world.refreshes() < refreshes + 3) {
      world.store.turn();
      const began = performance.now();
      sent = await bytesOf(url, encoding);
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const waits = await takeWaits();
    all.push(waits);
    console.log(
      `${times.length} scrapes (${encoding}) of ${(sent / 1e6).toFixed(1)} MB, each ${quantile(times, 0.5).toFixed(0)} ms; ${waits.told}`,
    );
    expect(sent).toBeGreaterThan(100_000);
  }
  await world.dashboard.end();
  const { slowness } = await sdkListing(world.store.url, `${localNamespace}/orders/`);
  for (const { late, longest, idle } of all) {
    expect(late).toBeLessThan(60 * slowness + idle.late);
    expect(longest).toBeLessThan(150 * slowness + idle.longest);
  }
});
