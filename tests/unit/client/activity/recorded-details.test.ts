import { expect, it } from "vitest";
import type { ActivityEntry } from "#lib/client/activity/activity-words.ts";
import { recordedDetails } from "#lib/client/activity/recorded-details.ts";

const of = (details: Record<string, unknown>, action = "reset") =>
  recordedDetails({
    id: 1,
    at: "2026-03-02T12:00:00Z",
    actor: "anonymous",
    action,
    hub: "orders",
    group: "billing",
    outcome: "done",
    details,
  } satisfies ActivityEntry);
const until = "2026-03-02T13:00:00.000Z";

it("repeats nothing from the entry's row", () => {
  const row = {
    message: "Another one runs.",
    reason: {},
    mode: "live",
    target: {},
    clamped: {},
    subject: { issuer: "https://login.example", key: "a1" },
    appliedBy: "Ann",
    via: "tool",
  };
  expect(of(row)).toEqual({ facts: [], rest: {} });
  expect(of({ ...row, code: "resetRunning", planId: "p" }).facts).toEqual([
    { name: "Code", text: "resetRunning", isId: true },
    { name: "Plan", text: "p", isId: true },
  ]);
});

it.each(["silence", "endSilence"])("tells a %s in the words of its row", (action) => {
  const silence = { hubs: "or*", groups: "*", rules: "lag-*", until, note: "Deploying\u202e" };
  expect(of(silence, action)).toEqual({
    facts: [
      { name: "Silenced", text: "or* and its groups" },
      { name: "Rules", text: "rule lag-*" },
      { name: "Silenced until", text: until, isTime: true },
      { name: "Note", text: "Deploying\ufffd" },
    ],
    rest: {},
  });
});

it("tells an acknowledgement, with no note too", () => {
  expect(of({ incidentId: 4, rule: "stopped", note: null }, "acknowledgeIncident").facts).toEqual([
    { name: "Incident", text: "4" },
    { name: "Rule", text: "stopped" },
    { name: "Note", text: null },
  ]);
});

it("keeps what has no words as it was recorded", () => {
  const eventHubs = { added: ["orders", "refunds"], removed: ["audit"], changed: [] };
  const details = { eventHubs, problems: ["a: wrong", "b: missing"], constructor: "x", found: { n: [1] } };
  expect(of(details, "configuration")).toEqual({
    facts: [
      { name: "Event hubs", text: "added orders, refunds; removed audit" },
      { name: "Faults", text: "a: wrong; b: missing" },
      { name: "constructor", text: "x" },
    ],
    rest: { found: { n: [1] } },
  });
});
