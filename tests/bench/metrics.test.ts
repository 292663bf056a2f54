import { expect, it, onTestFinished } from "vitest";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";

const groups = Array.from({ length: 100 }, (_, index) => `group-${index}`);
const partitionCount = 32;
const scrapes = 200;

function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? Number.NaN;
}

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
