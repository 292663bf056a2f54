import { describe, expect, it } from "vitest";
import type { Incident } from "#lib/api/alerts.ts";
import {
  acknowledgements,
  bySubject,
  isInSeveralStores,
  silenceScope,
  silenceText,
} from "#lib/client/alerts/quiet.ts";

const incident = (id: number, more: Partial<Incident> = {}) =>
  ({ id, hub: "orders", store: "main", group: "billing", state: "open", ...more }) as Incident;

it("groups open incidents by place, and keeps closed ones and other places apart", () => {
  const rows = bySubject([
    incident(1),
    incident(2, { group: "Billing" }),
    incident(3, { group: "archive" }),
    incident(4, { store: "other" }),
    incident(5, { hub: "refunds" }),
    incident(6, { store: null, group: null }),
    incident(7, { state: "closed" }),
    incident(8, { state: "closed" }),
    incident(9),
  ]);
  expect(rows.map((row) => row.map(({ id }) => id))).toEqual([[1, 2, 9], [3], [4], [5], [6], [7], [8]]);
});

it("tells a group of several stores from one that stands in a single one", () => {
  const all = [
    incident(1),
    incident(2, { group: "Billing", store: "other" }),
    incident(3, { group: "archive", store: "other" }),
    incident(4, { hub: "refunds", group: "archive" }),
  ];
  expect(all.map((one) => isInSeveralStores([one], all))).toEqual([true, true, false, false]);
});

describe("the acknowledgements of a row", () => {
  const by = (id: number, at: string, name: string, note: string | null) =>
    incident(id, { ruleId: `r${id}`, acknowledged: { by: name, at: `2026-03-02T12:00:0${at}Z`, note } });

  it("are one with its note, where one person acknowledged every cause, at the last of them", () => {
    expect(acknowledgements([by(1, "1", "Ann", "On it"), by(2, "2", "Ann", "On it")])).toEqual([
      { by: "Ann", at: "2026-03-02T12:00:02Z", note: "On it", rules: null },
    ]);
  });

  it("name their rules where other causes are not acknowledged, or by somebody else", () => {
    const open = incident(4, { ruleId: "r4", acknowledged: null });
    const row = [by(1, "1", "Ann", "On it"), by(2, "2", "Bo", null), by(3, "0", "Ann", "On it"), open];
    expect(acknowledgements(row)).toEqual([
      { by: "Ann", at: "2026-03-02T12:00:01Z", note: "On it", rules: ["r1", "r3"] },
      { by: "Bo", at: "2026-03-02T12:00:02Z", note: null, rules: ["r2"] },
    ]);
    expect(acknowledgements([open])).toEqual([]);
  });
});

describe("a silence from a row", () => {
  it("is of all rules of the group, and of a hub only of the incident's rule, and says so", () => {
    const text = (one: Partial<Incident>) => silenceText(silenceScope(incident(1, one)));
    const effect = "incidents are shown here, and nothing is sent.";
    expect(text({ ruleId: "lag" })).toBe(`Silences billing on orders, all rules: ${effect}`);
    expect(text({ ruleId: "stale", group: null })).toBe(
      `Silences orders and its groups, rule stale: ${effect}`,
    );
  });
});
