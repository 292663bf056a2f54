import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");
const script = join(root, "lib/server/start.ts");
/** `npm start` and the image set the same. */
const nodeOptions = ["--max-semi-space-size=4"];

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface TestDashboard {
  url: string;
  pid: number | undefined;
  file: string;
  output(): string;
  signal(signal: NodeJS.Signals): void;
  end(signal?: NodeJS.Signals): Promise<Ended>;
}

function launch(
  env: Record<string, string>,
  args: readonly string[] = [],
): {
  child: ChildProcess;
  output: () => Omit<Ended, "code" | "signal">;
  ended: Promise<Ended>;
} {
  // From the developer's environment it gets only what programs need.
  const { PATH = "", HOME = "", TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [...nodeOptions, script, ...args], {
    cwd: tmpdir(),
    env: {
      PATH,
      HOME,
      ...(TMPDIR ? { TMPDIR } : {}),
      ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}),
      PORT: "0",
      ...env,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // The process has no terminal, as a service has none, and ends with its channel.
    detached: true,
  });
  const text = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    text.stdout += part;
  });
  child.stderr?.setEncoding("utf8").on("data", (part: string) => {
    text.stderr += part;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, ...text }));
  });
  return { child, output: () => text, ended };
}

export async function runToEnd(env: Record<string, string>, args: readonly string[] = []): Promise<Ended> {
  return launch(env, args).ended;
}

/** Starts the built dashboard on a free port with this configuration. Rejects when it does not come up. */
export async function startDashboard(
  config: object,
  env: Record<string, string> = {},
): Promise<TestDashboard> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-dashboard-"));
  const file = join(folder, "tidemark.config.json");
  await writeFile(file, JSON.stringify(config));
  const { child, output, ended } = launch({
    TIDEMARK_CONFIG: file,
    TIDEMARK_DATA_DIR: join(folder, "data"),
    ...env,
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const found = /listens on (http:\/\/\S+)/.exec(output().stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(({ stderr }) => reject(new Error(`The dashboard did not start: ${stderr}`)));
  });
  return {
    url,
    pid: child.pid,
    file,
    signal: (signal) => void child.kill(signal),
    output: () => output().stdout + output().stderr,
    end: async (signal = "SIGTERM") => {
      child.kill(signal);
      const result = await ended;
      await rm(folder, { recursive: true, force: true });
      return result;
    },
  };
}
