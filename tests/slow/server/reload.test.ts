import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { makeToken } from "#lib/server/access/api-tokens.ts";
import { readEvents } from "#tests/support/server-sent-events.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const partial = { partitionCount: 2, consumerGroups: ["billing", "audit"] };
let world: LocalWorld;

beforeAll(async () => {
  world = await startLocalWorld([
    { name: "orders", ...partial },
    { name: "clicks", ...partial },
  ]);
  for (const hub of ["orders", "clicks"]) {
    world.enqueue(hub, "0", 20);
    await world.checkpoint(hub, "billing", "0", 9);
  }
}, 120_000);
afterAll(() => world?.stop());

const admin = makeToken();
const guest = makeToken();
const tokenOf = (name: string, { sha256 }: { sha256: string }, role: string, more: object = {}) => ({
  name,
  sha256,
  role,
  expiresAt: "2100-01-01T00:00:00Z",
  ...more,
});
const tokens = [tokenOf("admin", admin, "admin"), tokenOf("guest", guest, "viewer", { hubs: ["orders"] })];
interface Answer {
  eventHubs?: { id: string }[];
  points?: object[];
  entries?: object[];
  planId?: string;
  state?: string;
  fault?: object | null;
  error?: object;
}

const toAnswer = async (response: Response) => (await response.json()) as Answer;

async function start(config: { eventHubs: object[]; access?: object }) {
  const dashboard = await startDashboard({ refreshSeconds: 1, ...config }, { TIDEMARK_READ_ONLY: "false" });
  const authorization = config.access === undefined ? {} : { authorization: `Bearer ${admin.token}` };
  const headers = { ...authorization, "content-type": "application/json" };
  onTestFinished(async () => void (await dashboard.end()));
  const get = async (path: string) => toAnswer(await fetch(dashboard.url + path, { headers }));
  const change = async (next: object | string) => {
    await writeFile(
      dashboard.file,
      typeof next === "string" ? next : JSON.stringify({ refreshSeconds: 1, ...next }),
    );
    dashboard.signal("SIGHUP");
  };
  const hubs = async () => (await get("/api/v1/event-hubs")).eventHubs?.map(({ id }) => id);
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 20_000);
  return { dashboard, headers, get, change, hubs };
}

const group = "/api/v1/event-hubs/orders/consumer-groups/billing";

it("takes hubs in and out, and lets the figures of the rest go on", async () => {
  const { get, change, hubs } = await start({ eventHubs: [world.hubConfig("orders")] });
  const before = await get(`${group}/trend`);
  await change({
    eventHubs: [world.hubConfig("orders", { consumerGroups: ["late"] }), world.hubConfig("clicks")],
  });
  await vi.waitFor(async () => expect(await hubs()).toEqual(["orders", "clicks"]), 10_000);
  await vi.waitFor(
    async () => expect(await get("/api/v1/event-hubs/clicks")).toMatchObject({ partitionCount: 2 }),
    10_000,
  );
  await vi.waitFor(
    async () => expect(JSON.stringify(await get("/api/v1/event-hubs/orders"))).toContain('"late"'),
    10_000,
  );
  const after = await get(`${group}/trend`);
  expect(after.points?.length).toBeGreaterThan(before.points?.length ?? 0);
  expect(after.points?.[0]).toEqual(before.points?.[0]);
  await change({ eventHubs: [world.hubConfig("clicks")] });
  await vi.waitFor(async () => expect(await hubs()).toEqual(["clicks"]), 10_000);
  await vi.waitFor(
    async () =>
      expect((await get("/api/v1/activity")).entries).toMatchObject([
        {
          action: "configuration",
          actor: "tidemark",
          outcome: "done",
          details: { eventHubs: { removed: ["orders"] } },
        },
        { details: { eventHubs: { added: ["clicks"], changed: ["orders"] } } },
      ]),
    10_000,
  );
}, 120_000);

it("keeps the current configuration when the file is faulty, says so everywhere, and takes the next good one", async () => {
  const access = { tokens };
  const { dashboard, headers, get, change, hubs } = await start({
    eventHubs: [world.hubConfig("orders")],
    access,
  });
  const metric = async () =>
    /^tidemark_config_last_reload_successful (\d)$/m.exec(
      await (await fetch(`${dashboard.url}/metrics`)).text(),
    )?.[1];
  expect(await metric()).toBe("1");
  await change({ eventHubs: [world.hubConfig("orders", { colour: "red" })] });
  await vi.waitFor(async () => expect(await metric()).toBe("0"), 10_000);
  expect(await get("/api/v1/configuration")).toMatchObject({
    fault: { count: 1, problems: ['eventHubs[0]: unknown key "colour"'] },
  });
  const asGuest = { headers: { authorization: `Bearer ${guest.token}` } };
  const told = await (await fetch(`${dashboard.url}/api/v1/configuration`, asGuest)).json();
  expect(told).toMatchObject({ fault: { count: 1, problems: [] } });
  expect(await (await fetch(dashboard.url, { headers })).text()).toContain(
    "The configuration file can&#x27;t be used",
  );
  expect(dashboard.output()).toContain('unknown key \\"colour\\"');
  expect(await hubs()).toEqual(["orders"]);
  expect((await get("/api/v1/activity")).entries).toMatchObject([
    { action: "configuration", outcome: "refused" },
  ]);
  await change({ eventHubs: [world.hubConfig("orders")], access: { tokens } });
  await vi.waitFor(async () => expect(await metric()).toBe("1"), 10_000);
  expect((await get("/api/v1/configuration")).fault).toBeNull();
}, 120_000);

it("ends only the streams of a revoked token, at once", async () => {
  const eventHubs = [world.hubConfig("orders")];
  const { dashboard, change } = await start({ eventHubs, access: { tokens } });
  const open = (token: string) =>
    readEvents(`${dashboard.url}/api/v1/stream`, { headers: { authorization: `Bearer ${token}` } });
  const [mine, theirs] = await Promise.all([open(admin.token), open(guest.token)]);
  await Promise.all([mine.next("snapshot"), theirs.next("snapshot")]);
  await change({ eventHubs, access: { tokens: [tokens[0]] } });
  await expect(theirs.next("never")).rejects.toThrow();
  expect(await mine.next("configuration")).toEqual({ isFaulty: false });
  await mine.next("snapshot");
  const refused = await fetch(`${dashboard.url}/api/v1/me`, {
    headers: { authorization: `Bearer ${guest.token}` },
  });
  expect(refused.status).toBe(401);
}, 120_000);

it("refuses a plan that was made before its hub changed, with the reason", async () => {
  const { dashboard, headers, get, change } = await start({ eventHubs: [world.hubConfig("orders")] });
  const post = async (path: string, body: object) => {
    const response = await fetch(dashboard.url + path, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return toAnswer(response);
  };
  const target = { kind: "earliest" };
  const plan = await post(`${group}/resets/preview`, { partitions: "all", target, mode: "offline" });
  await change({ eventHubs: [world.hubConfig("orders", { allowedLag: 5 })] });
  await vi.waitFor(async () => expect((await get("/api/v1/activity")).entries).toHaveLength(1), 10_000);
  const refused = await post(`${group}/resets`, { planId: plan.planId, confirm: "billing" });
  expect(refused.error).toMatchObject({
    code: "planGone",
    message: expect.stringContaining("The configuration of the event hub orders changed at"),
  });
  const again = await post(`${group}/resets/preview`, { partitions: "all", target, mode: "offline" });
  expect((await post(`${group}/resets`, { planId: again.planId, confirm: "billing" })).state).toBe("running");
}, 120_000);
