import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** What is wrong with a request's input, as a sentence: "note is missing." @param where what was parsed: body, query, path */
export function issueSentence(issue: Issue, input: unknown, where: string): string {
  const name = issue.path.length === 0 ? `The ${where}` : issue.path.join(".");
  return `${name} ${requirement(issue, valueAt(input, issue.path))}.`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

function requirement(issue: Issue, value: unknown): string {
  if (value === undefined && issue.path.length > 0) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.map((one) => JSON.stringify(one)).join(", ")}`;
    case "too_small":
      return limit(issue.origin, Number(issue.minimum), issue.inclusive === false ? "more than" : "at least");
    case "too_big":
      return limit(issue.origin, Number(issue.maximum), issue.inclusive === false ? "less than" : "at most");
    case "unrecognized_keys":
      return `has no ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`;
    case "invalid_format":
      return `must be ${formats[issue.format] ?? "in another form"}`;
    case "invalid_union":
      return union(issue, value);
    case "custom":
      return issue.message;
    default:
      return `is not right: ${issue.message}`;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const formats: Readonly<Record<string, string>> = {
  datetime: "a time such as 2026-03-02T12:00:00Z",
  uuid: "a UUID",
  url: "an address such as https://example.com",
};

function limit(origin: string, count: number, than: string): string {
  if (origin === "string" && count === 1 && than === "at least") return "must not be empty";
  const unit = origin === "string" ? "character" : origin === "array" || origin === "set" ? "entry" : null;
  if (unit === null) return `must be ${than} ${count}`;
  return `must have ${than} ${count} ${count === 1 ? unit : unit === "entry" ? "entries" : `${unit}s`}`;
}

/** Of a union told apart by a field, that field; else what each of its forms asks for. */
function union(issue: Extract<Issue, { code: "invalid_union" }>, value: unknown): string {
  const { discriminator } = issue as { discriminator?: string };
  if (discriminator !== undefined) {
    if (typeof value === "object" && value !== null) return `has no ${discriminator} that is known`;
    if (issue.path.at(-1) === discriminator) return "is none that is known";
  }
  const asks = issue.errors.flatMap(([first]) =>
    first === undefined
      ? []
      : [
          first.path.length === 0
            ? requirement(first, value)
            : `${first.path.join(".")} ${requirement(first, valueAt(value, first.path))}`,
        ],
  );
  const [one = "is in no form that is known", ...others] = [...new Set(asks)];
  return [
    one,
    ...others.map((other) => other.replace(one.startsWith("must be ") ? /^must be / : /^must /, "")),
  ].join(" or ");
}
