import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { hubString, key, load, problems, store } from "./loading.ts";

describe("alerts", () => {
  const hubs = { eventHubs: [{ connectionString: hubString, checkpointStores: [store] }] };
  const url = `https://hooks.example/${key}`;

  it("watch by the dashboard's own rules where none is configured", () => {
    const { alerts } = load(hubs);
    expect(alerts.areDefaults).toBe(true);
    expect(alerts.rules.map(({ id }) => id)).toContain("stopped");
  });

  it("are told on every channel where a rule names none, and no URL is printed", () => {
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

  it.each([
    { lag: 0 },
    { lag: 1, status: "stop" },
    { retentionUsed: 1.1 },
    { status: "bad" },
    { lagState: [] },
    { lagState: ["bad"] },
    {},
  ])("refuse a condition that is none: %j", (when) => {
    const [first] = problems(() => load({ ...hubs, alerts: { rules: [{ id: "a", when }] } }));
    expect(first).toMatch(/^alerts\.rules\[0\]\.when/);
  });
});
