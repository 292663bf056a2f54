import type { CommandDeclaration, OptionDeclaration } from "./declared/declaration.ts";
import { looking } from "./declared/looking.ts";
import { planning } from "./declared/planning.ts";

export const formats = ["table", "wide", "json", "csv"] as const;

export const commonOptions: readonly OptionDeclaration[] = [
  {
    flags: "--url <url>",
    description: "the dashboard",
    default: "http://127.0.0.1:3000",
    env: "TIDEMARK_URL",
  },
  {
    flags: "--token <token>",
    description: "an API token of the dashboard; without one, the sign-in that tidemark login kept",
    env: "TIDEMARK_TOKEN",
  },
  {
    flags: "-o, --output <format>",
    description:
      "the output format; wide has every column in full, csv the API's field names and times in UTC",
    choices: formats,
  },
];

export const exitCodes = {
  done: { code: 0, means: "done" },
  failed: { code: 1, means: "failed: not found, no answer, or an error of Azure" },
  usage: { code: 2, means: "a wrong command, option or value" },
  conflict: { code: 3, means: "a conflict, or done on some partitions only" },
  refused: { code: 4, means: "refused: no rights, read-only, not confirmed, or blocked on every partition" },
} as const;

export const commands = { ...looking, ...planning } as const satisfies Record<string, CommandDeclaration>;

export type CommandName = keyof typeof commands;
