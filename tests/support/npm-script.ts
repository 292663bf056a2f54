import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const variable = "TEST_RUN";

export interface NpmScript {
  npm: ChildProcess;
  output(): string;
  processes(): string[];
  code: Promise<number | null>;
}

/**
 * Runs a script of package.json through npm as at a prompt, by default in this repository. `processes` are
 * the command lines of its descendants that still run.
 */
export function runNpmScript(
  name: string,
  { args = [], env = {}, cwd = root }: { args?: string[]; env?: Record<string, string>; cwd?: string } = {},
): NpmScript {
  const run = randomUUID();
  const npm = spawn("npm", ["run", name, ...(args.length > 0 ? ["--", ...args] : [])], {
    cwd,
    env: { ...process.env, ...env, [variable]: run },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  return {
    npm,
    output: () => text,
    processes: () => processesWith(`${variable}=${run}`),
    code: new Promise((resolve) => npm.once("exit", resolve)),
  };
}

/** Only Linux tells a process's environment. */
function processesWith(entry: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const has = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(entry);
        return has ? [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()] : [];
      } catch {
        return [];
      }
    });
}
