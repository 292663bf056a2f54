import type { z } from "zod";
import type { Api } from "./api.ts";
import { type Outcome, usage } from "./failure.ts";
import type { Output } from "./output/output.ts";

/** What a command is run with. */
export interface CommandInput {
  api: Api;
  output: Output;
  /** In the order of its declaration; undefined where an optional one is left out. */
  args: readonly (string | undefined)[];
  options: Readonly<Record<string, unknown>>;
  /** Ends with Ctrl-C. */
  signal: AbortSignal;
}

/** Answers how it ended, which is the exit code. @throws CommandFailure */
export type RunCommand = (input: CommandInput) => Promise<Outcome>;

/** The options of one command. @throws CommandFailure `usage` */
export function parseOptions<T>(schema: z.ZodType<T>, { options }: Pick<CommandInput, "options">): T {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${flagOf(path)}: ${message}`);
  throw usage(`${faults.join("; ")}.`);
}

/** `toDatetime` as it is typed: `--to-datetime`. */
function flagOf(path: readonly PropertyKey[]): string {
  return `--${path.join(".").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
