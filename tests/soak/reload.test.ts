import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Configuration } from "#lib/api/configuration.ts";
import type { SnapshotEvent } from "#lib/api/stream.ts";
import { makeToken } from "#lib/server/access/api-tokens.ts";
import { callsTo } from "#tests/support/calls.ts";
import { readEvents } from "#tests/support/server-sent-events.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const changes = Number(process.env.RELOAD_CHANGES ?? 500);
const viewers = 10;
const ids = ["0", "1", "2", "3"];
const admin = makeToken();
const authorization = { authorization: `Bearer ${admin.token}` };
const waiting = { timeout: 30_000, interval: 20 };

let world: LocalWorld;
let working: NodeJS.Timeout;
let dashboard: TestDashboard;

beforeAll(async () => {
  world = await startLocalWorld(
    ["orders", "clicks"].map((name) => ({ name, partitionCount: 4, consumerGroups: ["billing"] })),
    "own",
  );
  let processed = -1;
  const work = async () => {
    for (const id of ids) world.enqueue("orders", id, 1);
    processed += 1;
    for (const id of ids) await world.checkpoint("orders", "billing", id, processed);
    working = setTimeout(() => void work(), 200);
  };
  await work();
}, 60_000);
afterAll(async () => {
  clearTimeout(working);
  await dashboard?.end();
  await world?.stop();
});

const token = { name: "admin", sha256: admin.sha256, role: "admin", expiresAt: "2100-01-01T00:00:00Z" };
const base = () => ({
  refreshSeconds: 1,
  access: { tokens: [token] },
  eventHubs: [world.hubConfig("orders")],
});

function fileAt(change: number): string {
  const rule = { id: `rule-${change}`, when: { lag: 1_000 + change }, severity: "info" };
  const other = world.hubConfig("clicks", { consumerGroups: [`group-${change}`] });
  const contents = [
    { ...base(), eventHubs: [world.hubConfig("orders"), other] },
    { ...base(), alerts: { rules: [rule] } },
    {
      ...base(),
      access: { tokens: [token, { ...token, name: `guest-${change}`, sha256: makeToken().sha256 }] },
    },
    { ...base(), eventHubs: [world.hubConfig("orders"), world.hubConfig("clicks", { allowedLag: change })] },
  ];
  return change % 5 === 4 ? `{"refreshSeconds": ${change}, ` : JSON.stringify(contents[change % 5]);
}

function usage(): { sockets: number; megabytes: number } | null {
  if (process.platform !== "linux" || dashboard.pid === undefined) return null;
  const folder = `/proc/${dashboard.pid}`;
  const isSocket = (fd: string) => {
    try {
      return readlinkSync(`${folder}/fd/${fd}`).startsWith("socket:");
    } catch {
      return false;
    }
  };
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`${folder}/status`, "utf8"))?.[1];
  return {
    sockets: readdirSync(`${folder}/fd`).filter(isSocket).length,
    megabytes: Math.round(Number(kilobytes) / 1_024),
  };
}

async function watch(wrong: string[], gaps: number[]): Promise<void> {
  const stream = await readEvents(`${dashboard.url}/api/v1/stream?hub=orders&group=billing`, {
    headers: authorization,
  });
  onTestFinished(() => stream.close());
  let last: { at: number; positions: number[] } | null = null;
  const follow = async () => {
    for (;;) {
      const hub = (await stream.next("snapshot")) as SnapshotEvent;
      const at = Date.parse(hub.observedAt ?? "");
      const positions = (hub.partitions ?? []).map(({ checkpoint }) => checkpoint?.sequenceNumber ?? -1);
      if (positions.length !== ids.length) wrong.push(`${positions.length} partitions at ${hub.observedAt}.`);
      if (last !== null) {
        const { at: before, positions: old } = last;
        if (at > before) gaps.push(at - before);
        if (at < before) wrong.push(`A refresh of ${hub.observedAt} came after a later one.`);
        for (const [index, position] of positions.entries()) {
          if (position < (old[index] ?? -1)) wrong.push(`Partition ${index} went back to ${position}.`);
        }
      }
      last = { at, positions };
    }
  };
  void follow().catch((error: Error) => wrong.push(`A stream ended: ${error.message}`));
}

it(`changes the file ${changes} times under load, and everything unchanged goes on`, async () => {
  dashboard = await startDashboard(base());
  const { get } = callsTo(dashboard.url, authorization);
  await expect.poll(async () => (await fetch(`${dashboard.url}/readyz`)).status, waiting).toBe(200);
  const wrong: string[] = [];
  const gaps: number[] = [];
  await Promise.all(Array.from({ length: viewers }, () => watch(wrong, gaps)));
  const standing = async () => {
    const { readAt, fault } = (await get("/api/v1/configuration")) as Configuration;
    return `${readAt} ${fault?.count ?? "sound"}`;
  };
  const told: unknown[] = [];
  for (let change = 0; change < changes; change += 1) {
    const before = await standing();
    await writeFile(dashboard.file, fileAt(change));
    dashboard.signal("SIGHUP");
    await expect.poll(standing, waiting).not.toBe(before);
    if (change % 100 === 99 || change === 9) told.push({ changes: change + 1, ...usage() });
  }
  const seen = [...wrong];
  const longest = Math.max(...gaps);
  const trend = await get("/api/v1/event-hubs/orders/consumer-groups/billing/trend");
  const points = (trend as { points: unknown[] }).points.length;
  console.log(
    JSON.stringify({
      told,
      refreshes: gaps.length / viewers,
      longestGapMs: longest,
      points,
    }),
  );
  expect(seen).toEqual([]);
  expect(longest).toBeLessThan(3_000);
  expect(await get("/api/v1/event-hubs/orders")).toMatchObject({ stale: false, error: null });
  const [early, late] = [told[0], told.at(-1)] as { sockets?: number }[];
  expect(late?.sockets ?? 0).toBeLessThanOrEqual((early?.sockets ?? 0) + 10);
});
