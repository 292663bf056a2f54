import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { overviewSchema } from "#lib/api/overview.ts";
import { startLargeWorld } from "#tests/support/simulated/large-world.ts";
import { quantile, usageOf } from "#tests/support/simulated/process-usage.ts";

const partitions = 1_000;
const groups = 5;
const refreshSeconds = 60;
const rounds = 3;

it.each([5, 20])("watches an estate of %i hubs x 1,000 partitions x 5 groups", async (count) => {
  const hubs = Array.from({ length: count }, (_, index) => ({ name: `hub-${index}`, partitions, groups }));
  const world = await startLargeWorld(hubs, refreshSeconds);
  onTestFinished(() => world.stop());
  const { url, pid } = world.dashboard;
  const seen = async () =>
    overviewSchema
      .parse(await (await fetch(`${url}/api/v1/overview`)).json())
      .eventHubs.flatMap(({ consumerGroups }) => consumerGroups).length;
  await expect.poll(seen, { timeout: 600_000, interval: 1_000 }).toBe(count * groups);
  const before = { ...usageOf(pid), refreshes: world.refreshes(), at: Date.now() };
  const answers: number[] = [];
  let asked = 0;
  while (world.refreshes() - before.refreshes < rounds * count) {
    const hub = `hub-${asked % count}`;
    const path = ["/api/v1/overview", `/api/v1/event-hubs/${hub}/consumer-groups/g0`, "/healthz"][asked % 3];
    const began = performance.now();
    const answer = await fetch(`${url}${path}`);
    const text = await answer.text();
    expect(answer.status, `${path}: ${text.slice(0, 300)}`).toBe(200);
    answers.push(performance.now() - began);
    asked += 1;
    if (asked % 300 === 0) world.store.turn();
    await pause(200);
  }
  const after = { ...usageOf(pid), at: Date.now() };
  const done = (world.refreshes() - before.refreshes) / count;
  const cpuSeconds = (after.cpuMs - before.cpuMs) / 1_000 / done;
  const seconds = (after.at - before.at) / 1_000 / done;
  console.log(
    `${count} hubs x ${partitions} x ${groups}: a round takes ${cpuSeconds.toFixed(1)} s of CPU, one comes every ${seconds.toFixed(0)} s ` +
      `(${((100 * cpuSeconds) / refreshSeconds).toFixed(0)} % of a core at ${refreshSeconds} s); memory ${after.rss.toFixed(0)} MB, at most ${after.most.toFixed(0)} MB; ` +
      `${((after.written - before.written) / done / 1_000).toFixed(0)} kB written a round; ` +
      `answers p50 ${quantile(answers, 0.5).toFixed(0)} ms, p99 ${quantile(answers, 0.99).toFixed(0)} ms, at most ${quantile(answers, 1).toFixed(0)} ms`,
  );
  expect(done).toBeGreaterThanOrEqual(rounds);
});
