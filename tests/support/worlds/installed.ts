import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { globSync, lstatSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";

const root = join(import.meta.dirname, "../../..");

/**
 * The package in an otherwise empty folder, as for a user without this repository. The largest of its `parts`
 * come first.
 */
export interface Installed {
  folder: string;
  file: string;
  bytes: number;
  parts: Part[];
  run(...args: string[]): Promise<Ran>;
  start(program: string, args: string[], env?: Record<string, string>): Started;
  remove(): Promise<void>;
}

interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Part {
  name: string;
  bytes: number;
}

export interface Started {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

/** What a machine needs to reach the registry, and TEST_RUN, by which a test finds what a script left. */
const passed = /^(HOME|TMPDIR|NODE_EXTRA_CA_CERTS|(HTTPS?|NO)_PROXY|TEST_RUN)$/i;

function environment(): Record<string, string> {
  const { PATH = "", ...rest } = process.env;
  const path = PATH.split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const others = Object.entries(rest).flatMap(([name, value]) =>
    value !== undefined && passed.test(name) ? [[name, value]] : [],
  );
  return { PATH: path.join(delimiter), ...Object.fromEntries(others) };
}

/** Returns the version of the machine's own Node, such as `20.20.2`; null if it has none. */
export function machineNode(): string | null {
  const { stdout } = spawnSync("node", ["--version"], {
    env: environment() as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
  return stdout?.trim().slice(1) || null;
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
  const needed = async (command: string, args: string[], cwd: string) => {
    const { code, stdout, stderr } = await run(command, args, cwd);
    if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
  };
  await needed(process.execPath, [join(root, "lib/packaging/make-package.ts"), folder], root);
  const file = globSync("tidemark-*.tgz", { cwd: folder })[0] ?? "";
  await writeFile(join(folder, "package.json"), '{"private":true}\n');
  await needed("npm", ["install", "--no-audit", "--no-fund", `./${file}`], folder);
  const packages = join(folder, "node_modules");
  const parts = partsOf(packages);
  const command = join(packages, ".bin/tidemark");
  return {
    folder,
    file,
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    parts,
    run: (...args) => run(command, args, folder),
    start: (program, args, env = {}) => start(folder, program === "tidemark" ? command : program, args, env),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function run(command: string, args: string[], cwd: string): Promise<Ran> {
  const child = spawn(command, args, { cwd, env: environment() as NodeJS.ProcessEnv });
  const end = () => void child.kill("SIGKILL");
  process.once("exit", end);
  try {
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close") as Promise<[number | null]>,
    ]);
    return { code, stdout, stderr };
  } finally {
    process.off("exit", end);
  }
}

function partsOf(folder: string): Part[] {
  const sums = new Map<string, number>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const stat = lstatSync(join(folder, file), { throwIfNoEntry: false });
    if (stat?.isFile() !== true) continue;
    const name =
      /^tidemark\/(node_modules\/(@[^/]+\/)?[^/]+|\.next\/[^/]+|[^/]+)/.exec(
        file.replaceAll("\\", "/"),
      )?.[1] ?? "npm's own";
    sums.set(name, (sums.get(name) ?? 0) + stat.size);
  }
  return [...sums].map(([name, bytes]) => ({ name, bytes })).toSorted((a, b) => b.bytes - a.bytes);
}

function start(cwd: string, command: string, args: string[], env: Record<string, string>): Started {
  const child = spawn(command, args, {
    cwd,
    env: { ...environment(), ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      output += part;
    });
  }
  return { child, output: () => output, ended: new Promise((resolve) => child.once("exit", resolve)) };
}
