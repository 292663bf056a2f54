import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { globSync, readdirSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** The package in an otherwise empty folder, as for a user without this repository. */
export interface Installed {
  folder: string;
  file: string;
  bytes: number;
  run(...args: string[]): { code: number | null; stdout: string; stderr: string };
  start(program: string, args: string[], env?: Record<string, string>): Started;
  remove(): Promise<void>;
}

export interface Started {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

/** Returns the machine's environment without this repository's programs or the developer's variables. */
function environment(): Record<string, string> {
  const { PATH = "", HOME = "", TMPDIR } = process.env;
  const path = PATH.split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return { PATH: path.join(delimiter), HOME, ...(TMPDIR ? { TMPDIR } : {}) };
}

export async function installPackage(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-stranger-"));
  try {
    return await install(folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function install(folder: string): Promise<Installed> {
  const run = (command: string, args: string[], cwd: string) => {
    const options = { cwd, env: environment() as NodeJS.ProcessEnv, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(command, args, options);
    return { code: status, stdout, stderr };
  };
  const needed = (command: string, args: string[], cwd: string) => {
    const { code, stdout, stderr } = run(command, args, cwd);
    if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
  };
  needed(process.execPath, [join(root, "lib/packaging/make-package.ts"), folder], root);
  const file = globSync("tidemark-*.tgz", { cwd: folder })[0] ?? "";
  await writeFile(join(folder, "package.json"), '{"private":true}\n');
  needed("npm", ["install", "--no-audit", "--no-fund", `./${file}`], folder);
  const packages = join(folder, "node_modules");
  const bytes = readdirSync(packages, { recursive: true, encoding: "utf8" }).reduce(
    (sum, name) => sum + (statSync(join(packages, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  const command = join(packages, ".bin/tidemark");
  return {
    folder,
    file,
    bytes,
    run: (...args) => run(command, args, folder),
    start: (program, args, env = {}) => start(folder, program === "tidemark" ? command : program, args, env),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function start(cwd: string, command: string, args: string[], env: Record<string, string>): Started {
  const child = spawn(command, args, {
    cwd,
    env: { ...environment(), ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  return { child, output: () => text, ended: new Promise((resolve) => child.once("exit", resolve)) };
}
