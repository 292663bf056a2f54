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
    description: "the form of what is printed; wide cuts nothing",
    choices: formats,
  },
];

export const exitCodes = {
  done: { code: 0, means: "done" },
  failed: { code: 1, means: "failed: nothing of that name, no answer, or Azure failed" },
  usage: { code: 2, means: "the command line, or a value of it, is wrong" },
  conflict: { code: 3, means: "a conflict, or done on some partitions only" },
  refused: { code: 4, means: "refused: no rights, read-only, not confirmed, or blocked on every partition" },
} as const;

export const commands = { ...looking, ...planning } as const satisfies Record<string, CommandDeclaration>;

export type CommandName = keyof typeof commands;
