import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { hostOf } from "#lib/alerts/channels/channel.ts";
import { hubString, key, load, problems, store } from "./loading.ts";

describe("alerts", () => {
  const hubs = { eventHubs: [{ connectionString: hubString, checkpointStores: [store] }] };
  const people = { from: "alerts@contoso.example", to: ["ops@contoso.example"] };
  const url = `https://hooks.example/${key}`;

  it("use the dashboard's own rules when none is configured", () => {
    const { alerts } = load(hubs);
    expect(alerts.areDefaults).toBe(true);
    expect(alerts.rules.map(({ id }) => id)).toContain("stopped");
  });

  it("go to every channel when a rule names none, and print no URL", () => {
    const { alerts } = load({
      ...hubs,
      alerts: {
        rules: [
          { id: "a", when: { lag: 10 } },
          { id: "b", when: { status: "stop" }, channels: ["two"] },
        ],
        channels: [
          { id: "one", kind: "slack", url },
          { id: "two", kind: "webhook", url, secret: "sixteen characters" },
        ],
      },
    });
    expect(alerts.rules.map(({ channels }) => channels)).toEqual([["one", "two"], ["two"]]);
    expect(inspect(alerts, { depth: 9 })).not.toContain(key);
  });

  it("name each fault with its path", () => {
    const found = problems(() =>
      load({
        ...hubs,
        alerts: {
          rules: [
            { id: "a", when: { lag: 10 }, channels: ["nobody"] },
            { id: "a", when: { status: "stop" } },
          ],
          channels: [{ id: "one", kind: "teams", url, secret: "sixteen characters" }],
        },
      }),
    );
    expect(found).toEqual([
      'alerts.rules[1].id: "a" stands twice',
      'alerts.rules[0].channels: there is no channel "nobody"',
      "alerts.channels[0].secret: only a webhook is signed",
    ]);
  });

  it("reach PagerDuty, Opsgenie and a mail server with few keys, and print none of them", () => {
    const { alerts } = load({
      ...hubs,
      alerts: {
        channels: [
          { id: "pd", kind: "pagerduty", routingKey: key },
          { id: "og", kind: "opsgenie", apiKey: key, url: "https://api.eu.opsgenie.com" },
          { id: "mail", kind: "email", host: "mail.contoso.example", user: "u", password: key, ...people },
          { id: "relay", kind: "email", host: "localhost", security: "none", ...people },
        ],
      },
    });
    expect(alerts.channels).toMatchObject([
      { kind: "pagerduty" },
      { kind: "opsgenie" },
      { kind: "email", port: 587, security: "startTls", user: "u" },
      { kind: "email", port: 25, user: null, password: null },
    ]);
    expect(alerts.channels.map(hostOf)).toEqual([
      "events.pagerduty.com",
      "api.eu.opsgenie.com",
      "mail.contoso.example",
      "localhost",
    ]);
    expect(inspect(alerts, { depth: 9 })).not.toContain(key);
  });

  it.each([
    [{ kind: "pagerduty" }, "routingKey"],
    [{ kind: "opsgenie", apiKey: "k", secret: "s".repeat(16) }, null],
    [{ kind: "email", host: "h/x", ...people }, "host"],
    [{ kind: "email", host: "h", from: "a@b.example", to: [] }, "to"],
    [{ kind: "email", host: "h", from: "nobody", to: people.to }, "from"],
    [{ kind: "email", host: "h", ...people, user: "u" }, "password"],
    [{ kind: "email", host: "h", ...people, user: "u", password: "p", security: "none" }, "security"],
    [{ kind: "pigeon" }, "kind"],
  ])("refuse a channel that can't work: %j", (channel, at) => {
    const [first] = problems(() => load({ ...hubs, alerts: { channels: [{ id: "one", ...channel }] } }));
    expect(first).toMatch(`alerts.channels[0]${at === null ? ":" : `.${at}:`}`);
  });

  it.each([
    { lag: 0 },
    { lag: 1, status: "stop" },
    { retentionUsed: 1.1 },
    { status: "bad" },
    { lagState: [] },
    { lagState: ["bad"] },
    {},
  ])("refuse an invalid condition: %j", (when) => {
    const [first] = problems(() => load({ ...hubs, alerts: { rules: [{ id: "a", when }] } }));
    expect(first).toMatch(/^alerts\.rules\[0\]\.when/);
  });
});
