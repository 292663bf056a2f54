import { readFileSync } from "node:fs";
import type { z } from "zod";
import { type ConfigFile, fileSchema } from "../schema.ts";
import { type Environment, substitute } from "../substitute.ts";
import type { Faults } from "./faults.ts";
import { allParts, type SoundParts, soundParts } from "./sound-parts.ts";

export interface CheckedFile {
  file: ConfigFile | null;
  parts: SoundParts;
}

export function readConfigFile(
  file: string,
  env: Environment,
  faults: Faults,
  content?: string,
): CheckedFile | null {
  const parsed = parseJson(file, content, faults.report);
  if (parsed === undefined) {
    return null;
  }
  return checkShape(substitute(parsed, env, faults.report), faults);
}

/** @param faults gets each fault with its path, never the value, which may be a secret. */
export function checkShape(value: unknown, faults: Faults): CheckedFile {
  const checked = fileSchema.safeParse(value);
  if (checked.success) {
    return { file: checked.data, parts: allParts(checked.data) };
  }
  for (const issue of checked.error.issues) {
    const path = pathOf(issue.path);
    if (issue.code === "unrecognized_keys" || !faults.isFaulty(path))
      faults.report(`${path}: ${sentenceFor(issue)}`);
  }
  return { file: null, parts: soundParts(value) };
}

function parseJson(file: string, content: string | undefined, report: Faults["report"]): unknown {
  let text: string;
  try {
    text = content ?? readFileSync(file, "utf8");
  } catch (cause) {
    report(`${file}: can't be read (${(cause as NodeJS.ErrnoException).code ?? "unknown reason"})`);
    return undefined;
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    // The engine's message quotes the surrounding text, which may be a secret, so only the position is told.
    report(`${file}: is not valid JSON${lineOf(String(cause), text)}`);
    return undefined;
  }
}

function lineOf(message: string, text: string): string {
  const position = positionOf(message, text);
  if (position === null) {
    return "";
  }
  const before = text.slice(0, position).split("\n");
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

// Some messages have a position; others quote ten characters on either side of the fault.
function positionOf(message: string, text: string): number | null {
  const told = /position (\d+)/.exec(message)?.[1];
  if (told !== undefined) {
    return Number(told);
  }
  const quoted = /, (\.\.\.)?"([\s\S]*)"(\.\.\.)? is not valid JSON$/.exec(message);
  const at = quoted?.[2] === undefined ? -1 : text.indexOf(quoted[2]);
  return at === -1 ? null : at + (quoted?.[1] === undefined ? 0 : 10);
}

function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text === "" ? "the configuration" : text.replace(/^\./, "");
}

function sentenceFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `unknown ${issue.keys.length === 1 ? "key" : "keys"} ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`;
    case "invalid_type":
      return issue.message.endsWith("received undefined")
        ? "is missing"
        : `must be of type ${issue.expected}`;
    default:
      return issue.message;
  }
}
