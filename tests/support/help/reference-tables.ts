import { defaultRules } from "#lib/alerts/default-rules.ts";
import type { Operation } from "#lib/api/operations/operation.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { roles } from "#lib/core/access.ts";
import { families } from "#lib/metrics/families.ts";
import { knownVariables, type Variable } from "#lib/server/config/variables/known-variables.ts";
import { code, markdownTable } from "./markdown-table.ts";

const all = Object.values<Operation>(operations);
const hubLabels = new Set(["eventhubs_namespace", "eventhub"]);

export function variablesTable(kind: string): string {
  const variables = knownVariables[kind as keyof typeof knownVariables] as Record<string, Variable>;
  const rows = Object.entries(variables).map(([names, { default: fallback, meaning }]) => [
    names.split(", ").map(code).join(", "),
    fallback,
    meaning,
  ]);
  return markdownTable(["variable", "default", "meaning"], rows);
}

export function metricsTable(): string {
  const rows = Object.entries(families).map(([name, { type, help, labels }]) => {
    const own = (labels as readonly string[]).filter((label) => !hubLabels.has(label));
    return [code(name), type, own.map(code).join(", "), help];
  });
  return markdownTable(["metric", "type", "labels", "meaning"], rows);
}

export function rolesTable(): string {
  const rows = all
    .filter(({ access }) => access !== "public" && access !== "signedIn")
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ summary, access }) => [
      summary.replace(/\.$/, ""),
      ...roles.map((role) => (roles.indexOf(role) >= roles.indexOf(access as never) ? "yes" : "")),
    ]);
  return markdownTable(["", ...roles], rows);
}

const rank = ({ access }: Operation) => roles.indexOf(access as never);

export function defaultRulesTable(): string {
  const rows = defaultRules.map(({ id, when, forSeconds, severity }) => [
    code(id),
    code(JSON.stringify(when)),
    String(forSeconds),
    severity,
  ]);
  return markdownTable(["rule", "when", "for seconds", "severity"], rows);
}
