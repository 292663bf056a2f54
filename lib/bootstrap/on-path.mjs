import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/**
 * Where programs of these names would stand on the PATH, folder by folder.
 * @param {readonly string[]} names
 */
export function onPath(names) {
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

/**
 * The first of these files that can be run; null: none can.
 * @param {readonly (string | undefined)[]} files
 * @returns {string | null}
 */
export function firstExecutable(files) {
  return files.find((file) => file !== undefined && file !== "" && isExecutable(file)) ?? null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
