import type { z } from "zod";
import type { Api } from "./api.ts";
import { type Outcome, usage } from "./failure.ts";
import type { KeptSignIns } from "./kept-sign-ins.ts";
import type { Output } from "./output/output.ts";

export interface CommandInput {
  api: Api;
  output: Output;
  /** In declaration order; undefined for a missing optional argument. */
  args: readonly (string | undefined)[];
  options: Readonly<Record<string, unknown>>;
  signal: AbortSignal;
  signIns: KeptSignIns;
}

/** Returns the outcome, which becomes the exit code. @throws CommandFailure */
export type RunCommand = (input: CommandInput) => Promise<Outcome>;

export function parseOptions<T>(schema: z.ZodType<T>, { options }: Pick<CommandInput, "options">): T {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${flagOf(path)}: ${message}`);
  throw usage(`${faults.join("; ")}.`);
}

function flagOf(path: readonly PropertyKey[]): string {
  return `--${path.join(".").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
