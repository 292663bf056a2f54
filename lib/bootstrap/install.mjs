import { statSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";
import { root, run } from "./step.mjs";

export async function installIfNeeded() {
  if (isInstalled()) {
    return;
  }
  const { command, args, shell } = npm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
  await run("Installing packages from the lock file", command, args, { shell });
}

function isInstalled() {
  // npm writes this file last, so an interrupted installation has none.
  const installed = changedAt("node_modules/.package-lock.json");
  return installed !== null && installed >= (changedAt("package-lock.json") ?? 0);
}

/** @param {string} file */
function changedAt(file) {
  return statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? null;
}
