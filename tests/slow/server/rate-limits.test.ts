import { afterAll, beforeAll, expect, it } from "vitest";
import type { Operation } from "#lib/api/operations/operation.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { makeAccounts } from "#tests/support/fixtures/accounts.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { startIdleDashboard } from "#tests/support/worlds/idle-dashboard.ts";

const perMinute: Record<string, number> = {
  testAlertChannel: 60,
  dismissGroup: 60,
  readEvent: 60,
  readEvents: 60,
  readEventFile: 60,
  previewReset: 60,
  previewSkip: 60,
  previewMove: 60,
  previewCleanup: 60,
  applyReset: 60,
  stopReset: 60,
  undoReset: 60,
  previewGroupMove: 60,
  applyGroupMove: 60,
  stopGroupMove: 60,
  undoGroupMove: 60,
  signOut: 60,
  beginDeviceSignIn: 30,
  pollDeviceSignIn: 60,
  acknowledgeIncident: 60,
  addSilence: 60,
  endSilence: 60,
};
const mostStreams = 50;
const all = Object.values<Operation>(operations);
const { entries, headers } = makeAccounts({ eager: { role: "admin" }, calm: { role: "admin" } });

let dashboard: TestDashboard;
beforeAll(async () => {
  dashboard = await startIdleDashboard({ access: { tokens: entries } }, { TIDEMARK_READ_ONLY: "false" });
});
afterAll(() => dashboard?.end());

it("every costly route is limited", () => {
  const bounded = all.filter((operation) => operation.perMinute !== null);
  expect(Object.fromEntries(bounded.map((operation) => [operation.id, operation.perMinute]))).toEqual(
    perMinute,
  );
});

it.each(Object.entries(perMinute))("%s tells whoever asks too often when to come again", async (id, most) => {
  const { method, path } = all.find((operation) => operation.id === id) as Operation;
  const url = dashboard.url + path.replace("{id}", "1").replaceAll(/\{\w+\}/g, "orders");
  const ask = async (who: keyof typeof headers) => {
    const response = await fetch(url, { method: method.toUpperCase(), headers: headers[who] });
    await response.text();
    return { status: response.status, seconds: Number(response.headers.get("retry-after")) };
  };
  const first = await Promise.all(Array.from({ length: most }, () => ask("eager")));
  expect(first.map(({ status }) => status)).not.toContain(429);
  let told = await ask("eager");
  for (let count = 0; count < most && told.status !== 429; count += 1) told = await ask("eager");
  expect(told.status).toBe(429);
  expect([1, 2]).toContain(told.seconds);
  expect((await ask("calm")).status).not.toBe(429);
});

it("each caller has a limited number of streams, and another once one is closed", async () => {
  const open = async (who: keyof typeof headers) => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const { status } = await fetch(`${dashboard.url}/api/v1/stream`, { headers: headers[who], signal });
    return { status, leave: () => leaving.abort() };
  };
  const streams = await Promise.all(Array.from({ length: mostStreams }, () => open("eager")));
  expect(streams.filter(({ status }) => status !== 200)).toEqual([]);
  expect((await open("eager")).status).toBe(429);
  streams.push(await open("calm"));
  expect(streams.at(-1)?.status).toBe(200);
  streams[0]?.leave();
  const again = async () => {
    const stream = await open("eager");
    streams.push(stream);
    return stream.status;
  };
  await expect.poll(again).toBe(200);
  for (const { leave } of streams) leave();
});
