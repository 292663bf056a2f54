import { join } from "node:path";
import { firstExecutable, onPath } from "./on-path.mjs";
import { root } from "./step.mjs";

export const fetchedPromtool = join(root, "node_modules/.cache/promtool/promtool");

/**
 * Finds Prometheus' checker of metrics and rules: `PROMTOOL_PATH`, else on the PATH, else the one that the
 * bootstrap fetched.
 * @returns {string | null}
 */
export function findPromtool() {
  const name = process.platform === "win32" ? "promtool.exe" : "promtool";
  return firstExecutable([process.env.PROMTOOL_PATH, ...onPath([name]), fetchedPromtool]);
}
