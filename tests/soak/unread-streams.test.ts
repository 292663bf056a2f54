import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { readEvents } from "#tests/support/server-sent-events.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const partitionCount = 1_024;
const unread = 50;
const watchedMs = 45_000;
/** The streams' own budget is 64 MB; the rest is what refreshes leave to the garbage collector. */
const mostMegabytes = 200;

let world: LocalWorld;
let dashboard: TestDashboard;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "telemetry", partitionCount, consumerGroups: ["enrich"] }], "own");
  dashboard = await startDashboard({
    refreshSeconds: 1,
    eventHubs: [world.hubConfig("telemetry", { consumerGroups: ["enrich"] })],
  });
}, 120_000);
afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
});

function megabytes(): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${dashboard.pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}

async function most(ms: number): Promise<number> {
  let largest = 0;
  for (const end = Date.now() + ms; Date.now() < end; await pause(250)) {
    largest = Math.max(largest, megabytes());
  }
  return largest;
}

const path = "/api/v1/stream?hub=telemetry&group=enrich&hubPartitions=true";

it.runIf(process.platform === "linux")(
  "keeps its memory when fifty streams are opened and never read",
  async () => {
    await expect
      .poll(async () => (await fetch(`${dashboard.url}/readyz`)).status, { timeout: 60_000 })
      .toBe(200);
    const reader = await readEvents(`${dashboard.url}${path}`);
    onTestFinished(() => reader.close());
    let refreshes = 0;
    const follow = async () => {
      for (;;) {
        await reader.next("snapshot");
        refreshes += 1;
      }
    };
    void follow().catch(() => {});
    const alone = { megabytes: await most(watchedMs), refreshes };
    const { hostname, port, host } = new URL(dashboard.url);
    for (let index = 0; index < unread; index += 1) {
      const socket = connect(Number(port), hostname).on("error", () => {});
      socket.pause();
      onTestFinished(() => void socket.destroy());
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    }
    const before = refreshes;
    const beside = { megabytes: await most(watchedMs), refreshes: refreshes - before };
    console.log(JSON.stringify({ alone, beside }));
    expect((await fetch(`${dashboard.url}/healthz`)).status).toBe(200);
    expect(beside.refreshes).toBeGreaterThan(alone.refreshes / 2);
    expect(beside.megabytes - alone.megabytes).toBeLessThan(mostMegabytes);
  },
);
