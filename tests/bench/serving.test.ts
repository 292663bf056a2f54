import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";

const partitionCount = 1_024;
const answers = 400;
const atOnce = 8;

async function startBare(bytes: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-bare-"));
  const file = join(folder, "body");
  await writeFile(file, bytes);
  const program =
    "const body = require('node:fs').readFileSync(process.argv[1]);" +
    "const headers = { 'content-type': 'application/json', 'content-length': body.length };" +
    "const server = require('node:http').createServer((_, answer) => { answer.writeHead(200, headers); answer.end(body); });" +
    "server.listen(0, '127.0.0.1', () => console.log(server.address().port));";
  const child = spawn(process.execPath, ["-e", program, file], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(async () => {
    child.kill();
    await rm(folder, { recursive: true });
  });
  const port = await new Promise<string>((resolve) =>
    child.stdout.once("data", (data) => resolve(String(data).trim())),
  );
  return `http://127.0.0.1:${port}/`;
}

interface Answered {
  perSecond: number;
  bytes: number;
}

async function ask(url: string, headers: Record<string, string>): Promise<Answered> {
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
  return { perSecond: answers / seconds, bytes: bytes / answers };
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
  const dashboard = await startDashboard({ refreshSeconds: 10, eventHubs: [world.hubConfig("orders")] });
  onTestFinished(async () => void (await dashboard.end()));
  await expect
    .poll(async () => (await fetch(`${dashboard.url}/readyz`)).status, { timeout: 60_000 })
    .toBe(200);
  const url = `${dashboard.url}/api/v1/event-hubs/orders/consumer-groups/billing`;
  const plain = { "accept-encoding": "identity" };
  const body = Buffer.from(await (await fetch(url, { headers: plain })).arrayBuffer());
  const bare = await startBare(body);
  const rounds = [];
  for (let round = 0; round < 3; round += 1) {
    rounds.push({ bare: await ask(bare, plain), ours: await ask(url, plain) });
  }
  const ratios = rounds
    .map(({ bare: one, ours }) => ours.perSecond / one.perSecond)
    .toSorted((a, b) => a - b);
  const [zipped, known] = [
    await ask(url, { "accept-encoding": "br" }),
    await ask(url, { ...plain, "if-none-match": "*" }),
  ];
  const shown = ({ perSecond, bytes }: Answered) =>
    `${perSecond.toFixed(0)}/s of ${(bytes / 1_000).toFixed(0)} kB`;
  const [first] = rounds;
  console.log(
    `a bare server ${first ? shown(first.bare) : ""}, the dashboard ${first ? shown(first.ours) : ""}: ` +
      `${ratios.map((ratio) => ratio.toFixed(2)).join(", ")} x; compressed ${shown(zipped)}, known already ${shown(known)}`,
  );
  expect(ratios.at(1)).toBeGreaterThan(0.5);
});
