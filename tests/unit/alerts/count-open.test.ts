import { expect, it } from "vitest";
import { countOpen } from "#lib/alerts/count-open.ts";
import type { Severity } from "#lib/api/alerts.ts";
import type { OpenIncidentRow } from "#lib/history/incidents/incident-records.ts";
import { now } from "./fixtures.ts";

const open = (
  consumer_group: string | null,
  severity: Severity,
  more: Partial<OpenIncidentRow> = {},
): OpenIncidentRow => ({
  hub: "orders",
  store: consumer_group === null ? null : "main",
  consumer_group,
  rule_id: "stopped",
  severity,
  acknowledged_at: null,
  ...more,
});
const silence = (consumer_group: string, until = now + 1, rule = "*") => ({
  id: 1,
  hub: "orders",
  consumer_group,
  rule,
  created_at: 0,
  until,
  created_by: "ann",
  note: "",
});
const taken = { acknowledged_at: 1 };

it.each([
  ["nothing", [], [], [0, 0, 0, null]],
  [
    "a place once, whatever its causes, with the gravest severity",
    [open("mail", "info"), open("Mail", "critical", { rule_id: "lag" }), open(null, "warning")],
    [],
    [3, 2, 2, "critical"],
  ],
  [
    "what nobody acknowledged apart",
    [open("mail", "critical", taken), open("billing", "warning"), open("audit", "info")],
    [],
    [3, 3, 2, "warning"],
  ],
  [
    "a place of which only some causes are acknowledged",
    [open("mail", "critical", taken), open("mail", "warning", { rule_id: "lag" })],
    [],
    [2, 1, 1, "warning"],
  ],
  [
    "what is silenced as taken care of, while that lasts",
    [open("mail", "critical"), open("billing", "warning"), open("audit", "info")],
    [silence("mail"), silence("billing", now), silence("audit", now + 1, "lag")],
    [3, 3, 2, "warning"],
  ],
  [
    "everything as taken care of where it is",
    [open("mail", "critical", taken), open("billing", "warning")],
    [silence("bill*")],
    [2, 2, 0, null],
  ],
] as const)("counts %s", (_, rows, silences, expected) => {
  expect(Object.values(countOpen([...rows], [...silences], now))).toEqual(expected);
});
