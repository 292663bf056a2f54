import { statSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./step.mjs";

/** Installs from the lock file where node_modules is missing or older than it. */
export async function installIfNeeded() {
  if (isInstalled()) {
    return;
  }
  // The npm that runs this script, under the Node that runs it: neither need be on the PATH.
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  const what = "Installing packages from the lock file";
  if (npm?.endsWith("js")) {
    await run(what, process.execPath, [npm, ...args]);
  } else {
    await run(what, "npm", args, { shell: process.platform === "win32" });
  }
}

function isInstalled() {
  // npm writes this file last, so a broken-off installation has none.
  const installed = changedAt("node_modules/.package-lock.json");
  return installed !== null && installed >= (changedAt("package-lock.json") ?? 0);
}

/** @param {string} file */
function changedAt(file) {
  return statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? null;
}
