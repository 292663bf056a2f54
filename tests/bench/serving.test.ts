import { Agent, get } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { startBareServer } from "#tests/support/measured/bare-server.ts";
import { quantile, usageOf } from "#tests/support/simulated/process-usage.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";

const partitionCount = 1_024;
const answers = 800;
const atOnce = 8;

interface Server {
  url: string;
  pid: number | undefined;
}

interface Answered {
  perSecond: number;
  perCpuSecond: number;
  bytes: number;
}

async function ask({ url, pid }: Server, headers: Record<string, string>): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  let bytes = 0;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers }, (response) => {
        response.on("data", (part: Buffer) => {
          bytes += part.length;
        });
        response.once("end", resolve);
      }).once("error", reject);
    });
  await one();
  bytes = 0;
  const { cpuMs } = usageOf(pid);
  const began = performance.now();
  let left = answers;
  const work = async () => {
    for (; left > 0; ) {
      left -= 1;
      await one();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  const cpuSeconds = (usageOf(pid).cpuMs - cpuMs) / 1_000;
  return { perSecond: answers / seconds, perCpuSecond: answers / cpuSeconds, bytes: bytes / answers };
}

it("answers a group of 1,024 partitions near the speed of a bare server with the same bytes", async () => {
  const world = await startLocalWorld([{ name: "orders", partitionCount, consumerGroups: ["billing"] }]);
  onTestFinished(() => world.stop());
  for (let from = 0; from < partitionCount; from += 32) {
    await Promise.all(
      Array.from({ length: 32 }, async (_, index) => {
        const partition = String(from + index);
        world.enqueue("orders", partition, 20);
        await world.checkpoint("orders", "billing", partition, (from + index) % 20);
        await world.own("orders", "billing", partition, `owner-${index}`);
      }),
    );
  }
  const dashboard = await startDashboard({ refreshSeconds: 300, eventHubs: [world.hubConfig("orders")] });
  onTestFinished(async () => void (await dashboard.end()));
  await expect
    .poll(async () => (await fetch(`${dashboard.url}/readyz`)).status, { timeout: 60_000 })
    .toBe(200);
  const ours = {
    url: `${dashboard.url}/api/v1/event-hubs/orders/consumer-groups/billing`,
    pid: dashboard.pid,
  };
  const plain = { "accept-encoding": "identity" };
  const body = Buffer.from(await (await fetch(ours.url, { headers: plain })).arrayBuffer());
  const bare = await startBareServer(body);
  const rounds: { bare: Answered; ours: Answered }[] = [];
  for (let round = 0; round < 3; round += 1) {
    rounds.push({ bare: await ask(bare, plain), ours: await ask(ours, plain) });
  }
  const ratios = (of: (answered: Answered) => number) =>
    rounds.map((round) => of(round.ours) / of(round.bare)).toSorted((a, b) => a - b);
  // One client may be slower than either server: what each server takes itself says what it could answer.
  const [byClock, byCpu] = [ratios(({ perSecond }) => perSecond), ratios(({ perCpuSecond }) => perCpuSecond)];
  const [zipped, known] = [
    await ask(ours, { "accept-encoding": "br" }),
    await ask(ours, { ...plain, "if-none-match": "*" }),
  ];
  const shown = ({ perSecond, perCpuSecond, bytes }: Answered) =>
    `${perSecond.toFixed(0)}/s (${perCpuSecond.toFixed(0)} a second of its CPU) of ${(bytes / 1_000).toFixed(0)} kB`;
  const listed = (each: readonly number[]) => each.map((ratio) => ratio.toFixed(2)).join(", ");
  const [first] = rounds;
  console.log(
    `a bare server ${first ? shown(first.bare) : ""}, the dashboard ${first ? shown(first.ours) : ""}: ` +
      `${listed(byClock)} x; ${listed(byCpu)} x by CPU; compressed ${shown(zipped)}, known already ${shown(known)}`,
  );
  expect(quantile(byClock, 0.5)).toBeGreaterThan(0.5);
  expect(quantile(byCpu, 0.5)).toBeGreaterThan(0.5);
});
