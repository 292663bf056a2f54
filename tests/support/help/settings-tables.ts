import { z } from "zod";
import { fileSchema } from "#lib/server/config/schema.ts";
import { code, markdownTable } from "./markdown-table.ts";

interface JsonSchema {
  type?: string | string[];
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  oneOf?: JsonSchema[];
  minimum?: number;
  maximum?: number;
  format?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

const whole = z.toJSONSchema(fileSchema, { io: "input", unrepresentable: "any" }) as JsonSchema;

function schemaAt(path: string): JsonSchema {
  if (path === ".") return whole;
  let schema = whole;
  for (const part of path.split(".")) {
    const [key = "", list] = part.split("[]");
    const inner = resolved(schema).properties?.[key];
    if (inner === undefined) throw new Error(`The configuration has no ${path}.`);
    schema = list === undefined ? inner : (resolved(inner).items ?? {});
  }
  return resolved(schema);
}

function resolved(schema: JsonSchema): JsonSchema {
  const id = schema.$ref?.replace("#/$defs/", "");
  return id === undefined ? schema : { ...whole.$defs?.[id], ...schema };
}

export function settingsTable(path: string): string {
  const rows = Object.entries(propertiesOf(schemaAt(path))).map(([key, schema]) => {
    const own = resolved(schema);
    if (own.description === undefined) throw new Error(`${path} ${key} says nothing of what it means.`);
    return [code(key), kindOf(own), defaultOf(own), own.description];
  });
  return markdownTable(["setting", "value", "default", "meaning"], rows);
}

/**
 * Returns the properties of an object, or of all its variants. A constant that tells variants apart is listed
 * once with all its values.
 */
function propertiesOf({ properties, oneOf, anyOf }: JsonSchema): Record<string, JsonSchema> {
  if (properties !== undefined) return properties;
  const all: Record<string, JsonSchema> = {};
  for (const each of oneOf ?? anyOf ?? []) {
    for (const [key, schema] of Object.entries(resolved(each).properties ?? {})) {
      const own = resolved(schema);
      const known = all[key];
      if (own.const === undefined) all[key] = known ?? own;
      else all[key] = { ...own, enum: [...(known?.enum ?? []), own.const] };
    }
  }
  return all;
}

export function conditionsTable(): string {
  const rows = (schemaAt("alerts.rules[].when").anyOf ?? []).flatMap(({ properties = {} }) =>
    Object.entries(properties).map(([key, schema]) => {
      const own = resolved(schema);
      return [code(key), kindOf(own), own.description ?? ""];
    }),
  );
  return markdownTable(["condition", "value", "meaning"], rows);
}

function kindOf(schema: JsonSchema): string {
  const { type, items, minimum, maximum, format, anyOf } = schema;
  if (schema.enum !== undefined) return schema.enum.map((one) => code(String(one))).join(", ");
  if (anyOf !== undefined && schema.properties === undefined) {
    const kinds = anyOf.filter((one) => one.type !== "null");
    if (kinds.length > 1) return "object";
    const [kind = {}] = kinds;
    return `${kindOf(kind)}${kinds.length < anyOf.length ? " or `null`" : ""}`;
  }
  if (type === "array") {
    const inner = resolved(items ?? {});
    return Object.keys(propertiesOf(inner)).length === 0 ? `list of ${kindOf(inner)}` : "list of objects";
  }
  if (type === "number" || type === "integer") return `number${rangeOf(minimum, maximum)}`;
  if (type === "boolean") return "`true` or `false`";
  if (type === "object") return "object";
  if (format === "uri") return "URL";
  return format === "date-time" ? "time" : "text";
}

function rangeOf(minimum?: number, maximum?: number): string {
  const [low, high] = [minimum, maximum].map((one) =>
    one === undefined || Math.abs(one) === Number.MAX_SAFE_INTEGER ? null : one,
  );
  if (low == null) return high == null ? "" : `, up to ${high}`;
  return high == null ? `, ${low} or more` : `, ${low} to ${high}`;
}

function defaultOf({ default: value }: JsonSchema): string {
  const isEmpty = value === undefined || (typeof value === "object" && JSON.stringify(value).length === 2);
  return isEmpty ? "" : code(typeof value === "string" ? value : JSON.stringify(value));
}
