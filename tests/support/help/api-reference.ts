import { z } from "zod";
import { openApiDocument } from "#lib/api/operations/openapi.ts";
import { nouns } from "#lib/api/reasons/catalogue.ts";
import type { Declared } from "#lib/api/reasons/declare.ts";
import { browserErrorMeanings, errorMeanings } from "#lib/api/reasons/errors.ts";
import { incidentHelp } from "./incident-help.ts";
import { code, markdownTable } from "./markdown-table.ts";

interface Described {
  summary: string;
  "x-access": string;
  parameters: { name: string; in: string; schema: { description?: string } }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
}

export function routesReference(): string {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => route(method, path, operation)),
    )
    .join("\n\n");
}

function route(method: string, path: string, operation: Described): string {
  const { parameters, requestBody, responses } = operation;
  const named = parameters.map(({ name, in: where, schema }) => [
    code(name),
    where,
    schema.description ?? "",
  ]);
  const [status = "200", success] = Object.entries(responses)[0] ?? [];
  const failures = Object.keys(responses).filter((one) => one !== status);
  return [
    `### ${code(`${method.toUpperCase()} ${path}`)}`,
    operation.summary,
    ...(named.length === 0 ? [] : [markdownTable(["parameter", "in", "meaning"], named)]),
    [
      `- For: ${operation["x-access"] === "public" ? "everybody" : operation["x-access"]}`,
      ...(requestBody === undefined ? [] : [`- Body: ${bodyOf(requestBody.content)}`]),
      `- Answers: ${status} with ${bodyOf(success?.content ?? {})}`,
      `- Fails with: ${failures.join(", ")}`,
    ].join("\n"),
  ].join("\n\n");
}

function bodyOf(content: Record<string, { schema: object }>): string {
  const [[type, { schema }] = ["", { schema: {} }]] = Object.entries(content);
  const { $ref, properties } = schema as { $ref?: string; properties?: object };
  if ($ref !== undefined) return code($ref.split("/").at(-1) ?? "");
  const keys = Object.keys(properties ?? {});
  if (type === "application/json") {
    return keys.length === 0 ? "JSON" : `an object of ${keys.map(code).join(", ")}`;
  }
  return type === "" ? "nothing" : code(type);
}

export function errorCodesList(): string {
  return Object.keys(errorMeanings)
    .map((name) => `[${code(name)}](reasons.md#${name.toLowerCase()})`)
    .join(", ");
}

export function errorsReference(): string {
  const meanings = { ...errorMeanings, ...browserErrorMeanings };
  return Object.entries(meanings)
    .map(([name, { meaning, remedy }]) => reasonSection([name, { meaning, remedy, params: z.object({}) }]))
    .join("\n\n");
}

const titles: { [noun in keyof typeof nouns]?: string } = {
  common: "Anywhere",
  positions: "Positions in a stream",
  planBlocks: "Plans: issues",
  planWarnings: "Plans: warnings",
  resets: "Resets",
  writes: "Writes of a reset",
  watch: "After a reset",
  live: "Live resets",
  liveEnd: "The end of a live reset",
  lag: "Lag",
  status: "Status",
  notes: "Notes of a group",
  pace: "How often a hub is read",
  incidents: "Incidents",
  checks: "Checks of a diagnosis",
  storeChecks: "Checks of a store",
  notChecked: "Not checked",
  groupMoves: "Moves of several groups",
  cleanups: "Clean-ups",
  remedies: "Next steps of a diagnosis",
};

export function reasonsReference(): string {
  return Object.entries(nouns)
    .map(([noun, declared]) => {
      const title = titles[noun as keyof typeof nouns] ?? `${noun[0]?.toUpperCase()}${noun.slice(1)}`;
      return `## ${title}\n\n${Object.entries<Declared>(declared as never)
        .map(reasonSection)
        .join("\n\n")}`;
    })
    .join("\n\n");
}

function reasonSection([name, { meaning, remedy, params }]: [
  string,
  Pick<Declared, "meaning" | "remedy" | "params">,
]): string {
  const help = (incidentHelp as Record<string, string>)[name];
  const carries = Object.keys((z.toJSONSchema(params) as { properties?: object }).properties ?? {});
  return [
    `### ${code(name)}`,
    ...(help === undefined ? [meaning] : [help]),
    ...(help !== undefined || remedy === null ? [] : [`**Next step:** ${remedy}`]),
    ...(carries.length === 0 ? [] : [`In the API it carries ${carries.map(code).join(", ")}.`]),
  ].join("\n\n");
}
