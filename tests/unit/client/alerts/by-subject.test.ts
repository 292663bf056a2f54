import { expect, it } from "vitest";
import type { Incident } from "#lib/api/alerts.ts";
import { bySubject, isInSeveralStores } from "#lib/client/alerts/quiet.ts";

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
