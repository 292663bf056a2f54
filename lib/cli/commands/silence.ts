import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import type { Silence } from "#lib/api/silences.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { CommandFailure } from "../failure.ts";
import type { Column } from "../output/table.ts";
import { durationSchema, wholeNumber } from "../parse/time.ts";

const schema = z.object({
  for: durationSchema.optional(),
  note: z.string().optional(),
  rule: z.string().optional(),
  end: wholeNumber.optional(),
});

export const silence: RunCommand = async (input) => {
  const { api, output, args } = input;
  const { for: howLong, note, rule, end } = parseOptions(schema, input);
  const [subject] = args;
  if (end !== undefined) {
    await api.call(operations.endSilence, { params: { id: end }, body: {} });
  } else if (subject !== undefined) {
    if (howLong === undefined || note === undefined) {
      throw new CommandFailure("usage", "A silence needs --for and --note: how long, and why.");
    }
    const at = subject.indexOf("/");
    const where = at === -1 ? { hub: subject } : { hub: subject.slice(0, at), group: subject.slice(at + 1) };
    const body = { ...where, ...(rule !== undefined && { rule }), seconds: howLong, note };
    await api.call(operations.addSilence, { params: {}, body });
  }
  const found = await api.call(operations.listSilences, { params: {} });
  output.rows(columns, found.silences, found, "Nothing is silenced.");
  return "done";
};

const columns: Column<Silence>[] = [
  { title: "ID", name: "id", value: ({ id }) => id },
  { title: "WHERE", name: "where", value: ({ hub, group }) => `${hub}/${group}`, isLong: true },
  { title: "RULE", name: "rule", value: ({ rule }) => rule },
  { title: "UNTIL", name: "until", value: ({ until }) => until, text: ({ until }) => moment(until) },
  { title: "BY", name: "by", value: ({ by }) => by },
  { title: "WHY", name: "note", value: ({ note }) => note, isLong: true },
];
