import { existsSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { canRun, needed } from "./node-version.mjs";
import { npm } from "./npm.mjs";
import { root, run, StepError } from "./step.mjs";

const project = join(root, "node");
const files = ["package.json", "package-lock.json"];
const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const binary = process.platform === "win32" ? "bin/node.exe" : "bin/node";

/**
 * Returns the path of the packaged Node, for machines with an older one. The package's folder `node` is a
 * project with Node's binaries alone, each with a hash. npm fetches at the first start into that folder, or
 * into the user's if it can't be written.
 * @returns {Promise<string>}
 */
export async function ownNode() {
  const folders = [join(project, "fetched"), join(userFolder(), "node")];
  const paths = folders.map((folder) => join(folder, "node_modules", name, binary));
  const there = paths.find(canRun);
  if (there !== undefined) return there;
  for (const [index, folder] of folders.entries()) {
    const path = paths[index] ?? "";
    if ((await fetchInto(folder)) && canRun(path)) return path;
  }
  throw new StepError(
    `This is Node ${process.versions.node}, and no packaged Node ${needed} runs on ${process.platform} ${process.arch} here: ` +
      `install Node ${needed} or newer and run the command again.`,
  );
}

function userFolder() {
  return join(
    process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), ".cache"),
    "tidemark",
  );
}

/**
 * Returns false if the folder can't be written.
 * @param {string} folder
 */
async function fetchInto(folder) {
  const beside = `${folder}.${process.pid}`;
  try {
    await mkdir(beside, { recursive: true });
  } catch {
    return false;
  }
  try {
    for (const file of files) await cp(join(project, file), join(beside, file));
    const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--include=optional", "--prefix", beside];
    const { command, args } = npm(["ci", ...options]);
    await run(`Fetching Node ${needed}, once, as this is ${process.versions.node}`, command, args, {
      cwd: beside,
    });
    // The headers are a third of its size and only needed for compiling.
    const headers = join(beside, "node_modules", name, "include");
    await rm(headers, { recursive: true, force: true });
    // If two first starts race, either result is good.
    await rename(beside, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
    return true;
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
