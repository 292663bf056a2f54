import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AlertChannel } from "#lib/alerts/channels/channel.ts";
import { quietSeconds } from "#lib/alerts/incident.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { toStoredText } from "#lib/api/reasons/stored.ts";
import { Secret } from "#lib/core/secret.ts";
import { lagging, startAlerting as start } from "#tests/support/fixtures/alerting.ts";
import { engines, newDatabase } from "#tests/support/fixtures/history.ts";

const kept = (lag: number) => toStoredText(reason("lagAbove", { lag }));

const secret = "a-secret-of-sixteen";

interface Received {
  delivery: string;
  event: string;
  isSigned: boolean;
}

/** A receiver answers with a status, or null to take the request and stay silent. */
async function startReceiver() {
  const receiver = { answer: 200 as number | null, received: [] as Received[], asked: 0 };
  const server = createServer(async (request, response) => {
    receiver.asked += 1;
    const body = await textOf(request);
    if (receiver.answer === null) return;
    if (receiver.answer === 200) receiver.received.push(toReceived(request, body));
    response.writeHead(receiver.answer).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = new Secret(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
  const channel: AlertChannel = { id: "ops", kind: "webhook", url, secret: new Secret(secret) };
  return Object.assign(receiver, { channel });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function toReceived(request: IncomingMessage, body: string): Received {
  const [, seconds, digest] = /^t=(\d+),v1=(\w+)$/.exec(String(request.headers["tidemark-signature"])) ?? [];
  return {
    delivery: String(request.headers["tidemark-delivery"]),
    event: (JSON.parse(body) as { event: string }).event,
    isSigned: createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex") === digest,
  };
}

const soon = { timeout: 10_000, interval: 20 };

describe.each(engines)("alerts on %s", (kind) => {
  it("end with their hub once nobody has seen it for a while", async () => {
    const { history, see, incidents } = await start(await newDatabase(kind), (await startReceiver()).channel);
    await see(0, 150);
    await see(60, 150);
    const [open] = await incidents();
    const seenAt = open?.last_seen_at ?? 0;
    await history.incidents.closeOfGoneHubs(["orders"], seenAt + 1, seenAt + 2);
    await history.incidents.closeOfGoneHubs(["refunds"], seenAt, seenAt + 2);
    expect(await incidents()).toMatchObject([{ closed_at: null }]);
    await history.incidents.closeOfGoneHubs([], seenAt + 1, seenAt + 2);
    expect(await incidents()).toMatchObject([{ closed_at: seenAt + 2, closed_by: "gone" }]);
  });

  it("begin for no hub that was taken out while its last refresh waited", async () => {
    const { see, unwatch, incidents } = await start(await newDatabase(kind), (await startReceiver()).channel);
    await see(0, 150);
    const waiting = see(60, 150);
    unwatch();
    await waiting;
    expect(await incidents()).toEqual([]);
  });

  it("are stored within ten seconds when their figures change, else every minute", async () => {
    const { see, incidents } = await start(await newDatabase(kind), (await startReceiver()).channel);
    await see(0, 150);
    await see(60, 150);
    const opened = (await incidents())[0]?.last_seen_at ?? 0;
    await see(5, 900);
    expect(await incidents()).toMatchObject([{ summary: kept(150), last_seen_at: opened }]);
    await see(5, 700);
    const changed = { summary: kept(700), worst: kept(900) };
    expect(await incidents()).toMatchObject([{ ...changed, last_seen_at: opened + 10_000 }]);
    await see(50, 700);
    expect(await incidents()).toMatchObject([{ ...changed, last_seen_at: opened + 10_000 }]);
    await see(10, 700);
    expect(await incidents()).toMatchObject([{ ...changed, last_seen_at: opened + 70_000 }]);
    await see(10, null);
    const unknown = { ...changed, summary: toStoredText(reason("nothingKnown")) };
    expect(await incidents()).toMatchObject([{ ...unknown, last_seen_at: opened + 70_000 }]);
    await see(10, 3);
    expect(await incidents()).toMatchObject([{ ...changed, summary: kept(3), closed_at: null }]);
  });

  it("tell nothing while silenced, and then that the incident is open", async () => {
    const receiver = await startReceiver();
    const { history, see, incidents, now } = await start(await newDatabase(kind), receiver.channel);
    const silence = {
      hub: "ord*",
      consumer_group: "BILLING",
      rule: "*",
      created_at: now(),
      until: now() + 300_000,
      created_by: "somebody",
      note: "a deployment",
    };
    const id = await history.silences.add(silence);
    await history.silences.add({ ...silence, consumer_group: "another", until: now() + 9_000_000 });
    await see(0, 500);
    await see(60, 500);
    expect(await incidents()).toMatchObject([{ told_at: 0, closed_at: null }]);
    await see(60, 500);
    expect(await history.deliveries.latest(5)).toEqual([]);
    expect(await history.silences.end(id, now())).toBe(true);
    expect(await history.silences.end(id, now())).toBe(false);
    await see(10, 500);
    await see(10, 500);
    await see(10, 5);
    await see(quietSeconds, 5);
    await expect.poll(() => receiver.received.map(({ event }) => event), soon).toEqual(["opened", "closed"]);
  });

  it("are not repeated after somebody acknowledged them, and only one person can do so", async () => {
    const receiver = await startReceiver();
    const rules = [{ ...lagging, repeatSeconds: 60 }];
    const { history, see, incidents, now } = await start(await newDatabase(kind), receiver.channel, rules);
    await see(0, 500);
    await see(60, 500);
    await see(60, 500);
    const id = (await incidents())[0]?.id ?? 0;
    const by = (name: string) => ({ at: now(), by: name, note: "on it" });
    expect(await history.incidents.acknowledge(id, by("first"), [])).toBe(true);
    expect(await history.incidents.acknowledge(id, by("second"), [])).toBe(false);
    expect(await history.incidents.find(id)).toMatchObject({ acknowledged_by: "first" });
    await see(60, 500);
    await see(60, 500);
    await see(10, 5);
    await see(quietSeconds, 5);
    const told = ["opened", "repeated", "closed"];
    await expect.poll(() => receiver.received.map(({ event }) => event), soon).toEqual(told);
  });

  it("open, close and are told once each, signed, over a restart", async () => {
    const address = await newDatabase(kind);
    const receiver = await startReceiver();
    const first = await start(address, receiver.channel);
    await first.see(0, 500);
    await first.see(60, 500);
    await expect.poll(() => receiver.received, soon).toHaveLength(1);
    await first.end();

    const second = await start(address, receiver.channel);
    await second.see(70, 600);
    await second.see(10, 700);
    await second.see(10, 5);
    await second.see(quietSeconds, 5);
    await expect.poll(() => receiver.received.map(({ event }) => event), soon).toEqual(["opened", "closed"]);
    expect(receiver.received.every(({ isSigned }) => isSigned)).toBe(true);
    const rows = await second.incidents();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ closed_by: "recovered", worst: kept(700) });
  });

  it("reach a receiver that fails, hangs and recovers, in order over a restart, none lost or repeated", async () => {
    const address = await newDatabase(kind);
    const receiver = await startReceiver();
    receiver.answer = 503;
    const first = await start(address, receiver.channel);
    await first.see(0, 500);
    await first.see(60, 500);
    await expect.poll(() => receiver.asked, soon).toBeGreaterThanOrEqual(3);
    receiver.answer = null;
    const before = receiver.asked;
    await expect.poll(() => receiver.asked, soon).toBeGreaterThan(before);
    await first.see(10, 5);
    await first.see(quietSeconds, 5);
    await first.end();
    expect(receiver.received).toEqual([]);

    receiver.answer = 200;
    await start(address, receiver.channel);
    await expect.poll(() => receiver.received.map(({ event }) => event), soon).toEqual(["opened", "closed"]);
    expect(new Set(receiver.received.map(({ delivery }) => delivery)).size).toBe(2);
  });

  it("give up what a receiver refuses outright, so that the next one gets through", async () => {
    const address = await newDatabase(kind);
    const receiver = await startReceiver();
    receiver.answer = 400;
    const dashboard = await start(address, receiver.channel);
    await dashboard.see(0, 500);
    await dashboard.see(60, 500);
    await expect
      .poll(async () => (await dashboard.history.deliveries.latest(1))[0]?.state, soon)
      .toBe("failed");
    receiver.answer = 200;
    await dashboard.see(10, 5);
    await dashboard.see(quietSeconds, 5);
    await expect.poll(() => receiver.received.map(({ event }) => event), soon).toEqual(["closed"]);
  });

  it("close when the group or the rule is gone, and tell nobody when it was the rule", async () => {
    const address = await newDatabase(kind);
    const receiver = await startReceiver();
    const first = await start(address, receiver.channel, [lagging, { ...lagging, id: "other" }]);
    await first.see(0, 500);
    await first.see(60, 500);
    await expect.poll(() => receiver.received, soon).toHaveLength(2);
    await first.end();
    const second = await start(address, receiver.channel);
    await second.see(70, null, false);
    const rows = await second.incidents();
    expect(rows.map((row) => [row.rule_id, row.closed_by])).toEqual(
      expect.arrayContaining([
        ["lag", "gone"],
        ["other", "rule"],
      ]),
    );
    await expect
      .poll(() => receiver.received.map(({ event }) => event), soon)
      .toEqual(["opened", "opened", "closed"]);
  });
});

it("are told by only one of two dashboards that see the same", async () => {
  const address = await newDatabase("postgres");
  const receiver = await startReceiver();
  const [one, two] = [await start(address, receiver.channel), await start(address, receiver.channel)];
  for (const each of [one, two]) await each.see(0, 500);
  await Promise.all([one.see(60, 500), two.see(60, 500)]);
  await expect.poll(() => receiver.received, soon).toHaveLength(1);
  expect(await one.history.deliveries.latest(10)).toHaveLength(1);
});
