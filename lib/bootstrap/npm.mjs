import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { onPath } from "./on-path.mjs";

const script = "node_modules/npm/bin/npm-cli.js";

/**
 * Runs npm with the current npm and Node; neither need be on the PATH. No shell takes part: Windows' own would
 * split paths at their spaces.
 * @param {string[]} args
 * @param {{platform?: NodeJS.Platform, env?: Record<string, string | undefined>, execPath?: string}} [where]
 * @returns {{command: string, args: string[]}}
 */
export function npm(args, where = {}) {
  const { platform = process.platform, env = process.env, execPath = process.execPath } = where;
  const file =
    // `npx` is the same program, started from another file.
    env.npm_execpath?.replace(/npx-cli\.js$/, "npm-cli.js") ??
    (platform === "win32" ? besideNpm(execPath) : undefined);
  return file?.endsWith("js")
    ? { command: process.execPath, args: [file, ...args] }
    : { command: "npm", args };
}

/**
 * On Windows the PATH leads to `npm.cmd`, which runs this script beside it.
 * @param {string} execPath
 */
function besideNpm(execPath) {
  return [join(dirname(execPath), script), ...onPath([script])].find((file) => existsSync(file));
}
