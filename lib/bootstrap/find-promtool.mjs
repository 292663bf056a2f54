import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { root } from "./step.mjs";

export const fetchedPromtool = join(root, "node_modules/.cache/promtool/promtool");

/**
 * Finds Prometheus' checker of metrics and rules: `PROMTOOL_PATH`, else on the PATH, else the one that the
 * bootstrap fetched.
 * @returns {string | null}
 */
export function findPromtool() {
  const [separator, name] = process.platform === "win32" ? [";", "promtool.exe"] : [":", "promtool"];
  const onPath = (process.env.PATH ?? "").split(separator).map((folder) => join(folder, name));
  const candidates = [process.env.PROMTOOL_PATH ?? "", ...onPath, fetchedPromtool];
  return candidates.find((file) => file !== "" && isExecutable(file)) ?? null;
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
