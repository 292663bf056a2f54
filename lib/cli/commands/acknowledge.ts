import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import { parseOptions, type RunCommand } from "../command.ts";

const schema = z.object({ note: z.string().optional() });

export const acknowledge: RunCommand = async (input) => {
  const { api, output, args } = input;
  const { note } = parseOptions(schema, input);
  const [id = ""] = args;
  const incident = await api.call(operations.acknowledgeIncident, {
    params: { id },
    body: note === undefined ? {} : { note },
  });
  const { acknowledged } = incident;
  const columns = [
    { title: "ID", name: "id", value: () => incident.id },
    { title: "ACKNOWLEDGED BY", name: "by", value: () => acknowledged?.by ?? null },
    { title: "WHAT", name: "summary", value: () => incident.summary.message, isLong: true as const },
  ];
  output.rows(columns, [incident], incident, "");
  return "done";
};
