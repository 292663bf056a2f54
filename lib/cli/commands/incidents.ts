import { z } from "zod";
import type { Incident, Severity } from "#lib/api/alerts.ts";
import { operations } from "#lib/api/operations/operations.ts";
import type { Status } from "#lib/api/status.ts";
import { formatAge } from "#lib/client/format/format.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import type { Column } from "../output/table.ts";
import { parseAddress } from "../parse/address.ts";
import { wholeNumber } from "../parse/time.ts";

const schema = z.object({ all: z.boolean().optional(), limit: wholeNumber.optional() });
const tones: Record<Severity, Status> = { info: "unknown", warning: "warn", critical: "stop" };

export const incidents: RunCommand = async ({ api, output, args: [where], options }) => {
  const { all, limit } = parseOptions(schema, { options });
  const subject = where === undefined ? {} : where.includes("/") ? parseAddress(where) : { hub: where };
  const found = await api.call(operations.listIncidents, {
    params: {},
    query: { state: all ? "all" : "open", limit, ...subject },
  });
  output.rows(columns(Date.now()), found.incidents, found, "No incident is open.");
  return "done";
};

const columns = (now: number): Column<Incident>[] => [
  { title: "ID", name: "id", value: ({ id }) => id },
  {
    title: "SEVERITY",
    name: "severity",
    value: ({ severity }) => severity,
    tone: ({ severity }) => tones[severity],
  },
  { title: "STATE", name: "state", value: ({ state }) => state },
  { title: "RULE", name: "ruleId", value: ({ ruleId }) => ruleId },
  {
    title: "WHERE",
    name: "consumerGroup",
    value: ({ group }) => group,
    text: ({ hub, group, store }) => [hub, group ?? store].filter((part) => part !== null).join("/"),
    isLong: true,
  },
  {
    title: "SINCE",
    name: "since",
    value: ({ since }) => since,
    text: ({ since }) => formatAge(since, now),
  },
  { title: "WHAT", name: "summary", value: ({ summary }) => summary.message, isLong: true },
];
