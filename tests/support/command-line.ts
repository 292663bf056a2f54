import { spawn } from "node:child_process";
import { join } from "node:path";

const main = join(import.meta.dirname, "../../lib/cli/main.ts");

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs `tidemark …` without a terminal, and without the developer's environment.
 * @param heard gets all of standard error so far
 */
export async function tidemark(
  env: Record<string, string>,
  args: readonly string[],
  input = "",
  heard: (stderr: string) => void = () => {},
): Promise<Ran> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: "pipe",
  });
  const ran: Ran = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    ran.stdout += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    ran.stderr += part;
    heard(ran.stderr);
  });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...ran, code }));
  });
}
