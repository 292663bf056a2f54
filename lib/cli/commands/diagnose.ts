import { z } from "zod";
import type { Check } from "#lib/api/diagnosis.ts";
import { operations } from "#lib/api/operations/operations.ts";
import type { Status } from "#lib/api/status.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";
import { wrap } from "../output/wrap.ts";

const schema = z.object({ all: z.boolean().optional() });
const tones: Record<Check["state"], Status> = { pass: "ok", warn: "warn", fail: "stop", skipped: "unknown" };

export const diagnose: RunCommand = async ({ api, output, args: [hub = ""], options }) => {
  const { all } = parseOptions(schema, { options });
  const diagnosis = await api.call(operations.getDiagnosis, { params: { hub } });
  const checks = diagnosis.checks.filter(({ state }) => all || state !== "pass");
  if (output.format === "json" || output.format === "csv" || checks.length === 0) {
    const none = `All ${diagnosis.checks.length} checks of ${hub} passed.`;
    output.rows(columns, checks, { ...diagnosis, checks }, none);
  } else {
    output.text(checks.map((check) => paragraph(check, output)).join("\n"));
  }
  return "done";
};

/** Whole sentences, which a table would cut. */
function paragraph({ state, title, store, detail, remedy, items }: Check, output: Output): string {
  const { columns: width } = output;
  const head = `${output.paint(state.padEnd(8), tones[state])} ${showText(title)}`;
  const indent = " ".repeat(9);
  return [
    `${head}${store === null ? "" : ` (${showText(store)})`}\n`,
    wrap(showText(detail.message), width, indent),
    ...items.map((item) => wrap(`- ${showText(item)}`, width, indent)),
    remedy === null ? "" : wrap(`To do: ${showText(remedy.message)}`, width, indent),
  ].join("");
}

const columns: Column<Check>[] = [
  { title: "STATE", name: "state", value: ({ state }) => state },
  { title: "CHECK", name: "id", value: ({ id }) => id },
  { title: "STORE", name: "store", value: ({ store }) => store },
  { title: "SEEN", name: "detail", value: ({ detail }) => detail.message },
  { title: "TO DO", name: "remedy", value: ({ remedy }) => remedy?.message },
  { title: "ITEMS", name: "items", value: ({ items }) => items.join(" ") },
];
