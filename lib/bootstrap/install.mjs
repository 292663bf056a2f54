import { statSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";
import { root, run } from "./step.mjs";

export async function installIfNeeded() {
  if (isInstalled()) {
    return;
  }
  // A package of the local storage emulator asks for older telemetry: hundreds of warnings, none for the reader.
  const { command, args } = npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  await run("Installing packages from the lock file", command, args);
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
