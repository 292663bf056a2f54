import tls from "node:tls";
import { beforeAll, describe, expect, it } from "vitest";
import type { EmailChannel, OpsgenieChannel, PagerDutyChannel } from "#lib/alerts/channels/channel.ts";
import { send } from "#lib/alerts/channels/send.ts";
import { quietSeconds } from "#lib/alerts/incident.ts";
import type { AlertMessage } from "#lib/alerts/message.ts";
import { reason, sentenceOf } from "#lib/api/reasons/reason.ts";
import { Secret } from "#lib/core/secret.ts";
import { type LocalCertificate, makeCertificate } from "#lib/sandbox/certificate.ts";
import { QuietAlerts } from "#lib/server/quiet-alerts.ts";
import { lagging, startAlerting } from "#tests/support/fixtures/alerting.ts";
import { newDatabase } from "#tests/support/fixtures/history.ts";
import { apiKey, routingKey, startOpsgenie, startPagerDuty } from "#tests/support/proxies/alert-services.ts";
import { mailUser, startMailServer } from "#tests/support/proxies/mail-server.ts";
import { snapshot } from "#tests/unit/alerts/fixtures.ts";

async function acknowledge({ history, wake, incidents }: Awaited<ReturnType<typeof startAlerting>>) {
  const quiet = new QuietAlerts({
    history,
    monitor: { snapshots: () => [snapshot({})] },
    publicUrl: null,
    ruleOf: () => lagging,
    hears: () => true,
    onQueued: wake,
    onSilences: () => {},
  });
  const id = (await incidents())[0]?.id ?? 0;
  const caller = { name: "somebody", key: "somebody", role: "operator" as const };
  await quiet.acknowledge(id, "on it", caller);
  await expect(quiet.acknowledge(id, null, caller)).rejects.toThrow(/acknowledged already, by somebody/);
  const [entry] = await history.activity({ limit: 1 });
  expect(entry).toMatchObject({
    actor: "somebody",
    action: "acknowledgeIncident",
    details: { incidentId: id, note: "on it" },
  });
}

const soon = { timeout: 10_000, interval: 20 };
const test: AlertMessage = {
  version: 1,
  event: "test",
  incident: null,
  text: "This is a test.",
  link: null,
  sentBy: "tidemark",
};

describe("PagerDuty", () => {
  const channelTo = (url: string, key = routingKey): PagerDutyChannel => ({
    id: "ops",
    kind: "pagerduty",
    url: new Secret(`${url}/v2/enqueue`),
    routingKey: new Secret(key),
  });

  it("is triggered and resolved by the incident's key, and not asked again before it allows that", async () => {
    const service = await startPagerDuty();
    service.answers = [{ status: 429, headers: { "retry-after": "1" } }, { status: 500 }];
    const alerting = await startAlerting(await newDatabase("sqlite"), channelTo(service.url));
    const { see } = alerting;
    await see(0, 500);
    await see(60, 500);
    await expect.poll(() => service.refused, soon).toHaveLength(1);
    const limitedAt = Date.now();
    await expect.poll(() => service.taken, soon).toHaveLength(1);
    expect(Date.now() - limitedAt).toBeGreaterThan(900);
    await acknowledge(alerting);
    await see(10, 5);
    await see(quietSeconds, 5);
    await expect.poll(() => service.taken, soon).toHaveLength(3);
    const [trigger, acknowledged, resolve] = service.taken.map(({ body }) => body);
    expect(trigger).toMatchObject({
      event_action: "trigger",
      payload: { severity: "critical", class: "lag", component: "billing" },
    });
    expect(acknowledged).toEqual({ ...resolve, event_action: "acknowledge" });
    expect(resolve).toEqual({
      routing_key: routingKey,
      event_action: "resolve",
      dedup_key: trigger?.dedup_key,
    });
    expect(service.refused).toEqual([429, 500]);
  });

  it("is tested without leaving anything open, and says only by its status what it refused", async () => {
    const service = await startPagerDuty();
    const at = { id: 7, now: Date.now() };
    expect(await send(channelTo(service.url), test, at)).toEqual({ result: "sent" });
    expect(service.taken.map(({ body }) => [body.event_action, body.dedup_key])).toEqual([
      ["trigger", "tidemark-test-7"],
      ["resolve", "tidemark-test-7"],
    ]);
    expect(await send(channelTo(service.url, "another key"), test, at)).toEqual({
      result: "rejected",
      error: "The receiver answered 400.",
    });
  });
});

describe("Opsgenie", () => {
  const channelTo = (url: string, key = apiKey): OpsgenieChannel => ({
    id: "ops",
    kind: "opsgenie",
    url: new Secret(`${url}/`),
    apiKey: new Secret(key),
  });

  it("has an alert created and closed by its alias, over a limit", async () => {
    const service = await startOpsgenie();
    service.answers = [{ status: 429 }];
    const alerting = await startAlerting(await newDatabase("sqlite"), channelTo(service.url));
    const { see } = alerting;
    await see(0, 500);
    await see(60, 500);
    await acknowledge(alerting);
    await see(10, 5);
    await see(quietSeconds, 5);
    await expect.poll(() => service.taken, soon).toHaveLength(3);
    const alias = String(service.taken[0]?.body.alias);
    expect(service.taken[0]).toMatchObject({ call: "POST /v2/alerts", body: { priority: "P1" } });
    expect(service.taken.slice(1).map(({ call }) => call)).toEqual([
      `POST /v2/alerts/${alias}/acknowledge?identifierType=alias`,
      `POST /v2/alerts/${alias}/close?identifierType=alias`,
    ]);
  });

  it("is tested without leaving anything open, and refuses a wrong key", async () => {
    const service = await startOpsgenie();
    const at = { id: 7, now: Date.now() };
    expect(await send(channelTo(service.url), test, at)).toEqual({ result: "sent" });
    expect(service.taken).toHaveLength(2);
    expect(await send(channelTo(service.url, "another"), test, at)).toEqual({
      result: "rejected",
      error: "The receiver answered 401.",
    });
  });
});

describe("email", () => {
  let certificate: LocalCertificate;
  beforeAll(async () => {
    certificate = await makeCertificate();
    tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate.authority]);
  });
  const channelTo = (port: number, more: Partial<EmailChannel> = {}): EmailChannel => ({
    id: "ops",
    kind: "email",
    host: "localhost",
    port,
    security: "startTls",
    user: mailUser.user,
    password: new Secret(mailUser.password),
    from: "alerts@contoso.example",
    to: ["ops@contoso.example"],
    ...more,
  });
  const header = (source: string | undefined, name: string) =>
    new RegExp(`^${name}: ?(.*(?:\\r\\n .*)*)`, "im").exec(source ?? "")?.[1]?.replaceAll(/\r\n /g, " ");

  it("opens with one mail and closes with a reply to it, over TLS, past a busy server", async () => {
    const server = await startMailServer(certificate.tls);
    server.replies = [451];
    const rules = [{ id: "lag", when: { lag: 100 }, forSeconds: 60, repeatSeconds: 60 }].map((one) => ({
      hubs: ["*"],
      groups: ["*"],
      severity: "critical" as const,
      channels: ["ops"],
      ...one,
    }));
    const { see } = await startAlerting(await newDatabase("sqlite"), channelTo(server.port), rules);
    await see(0, 500);
    await see(60, 500);
    await see(60, 700);
    await see(10, 5);
    await see(quietSeconds, 5);
    await expect.poll(() => server.mails, soon).toHaveLength(2);
    const [opened, closed] = server.mails;
    expect(opened).toMatchObject({ isEncrypted: true, recipients: ["ops@contoso.example"] });
    expect(header(opened?.source, "Subject")).toContain(
      `[critical] billing on orders: ${sentenceOf(reason("lagAbove", { lag: 500 }))}`,
    );
    expect(header(closed?.source, "Subject")).toContain("Over [critical] billing on orders.");
    expect(header(closed?.source, "In-Reply-To")).toBe(header(opened?.source, "Message-ID"));
    for (const type of ["text/plain", "text/html"]) expect(opened?.source).toContain(`Content-Type: ${type}`);
  });

  it("says which recipients were refused, and only the code of a refusal", async () => {
    const server = await startMailServer(certificate.tls);
    const at = { id: 1, now: Date.now() };
    const both = { to: ["ops@contoso.example", "nobody@nowhere.example"] };
    expect(await send(channelTo(server.port, both), test, at)).toEqual({
      result: "sent",
      note: "The mail server refused 1 of 2 recipients.",
    });
    const wrong = { password: new Secret("wrong") };
    expect(await send(channelTo(server.port, wrong), test, at)).toEqual({
      result: "rejected",
      error: "The mail server refused the user or the password (535).",
    });
    expect(await send(channelTo(server.port, { to: ["a@nowhere.example"] }), test, at)).toEqual({
      result: "rejected",
      error: "The mail server refused the sender or the recipients (550).",
    });
    server.replies = [554];
    expect(await send(channelTo(server.port), test, at)).toMatchObject({ result: "rejected" });
  });

  it("sends nothing without trusted TLS, unless told to", async () => {
    const plain = await startMailServer(null);
    const other = await startMailServer((await makeCertificate()).tls);
    const at = { id: 1, now: Date.now() };
    for (const { port } of [plain, other]) {
      const told = await send(channelTo(port), test, at);
      expect(told).toMatchObject({ result: "failed", error: expect.stringContaining("TLS") });
    }
    const open = { security: "none" as const, user: null, password: null };
    expect(await send(channelTo(plain.port, open), test, at)).toEqual({ result: "sent" });
    expect(plain.mails.map(({ isEncrypted }) => isEncrypted)).toEqual([false]);
    expect(await send(channelTo(1), test, at)).toMatchObject({ result: "failed" });
  });
});
