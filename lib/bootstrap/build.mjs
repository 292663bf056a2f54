import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { nodePath } from "./node-version.mjs";
import { root, run } from "./step.mjs";

const apart = ["bootstrap", "sandbox", "packaging"];

const sources = [
  "app",
  "components",
  ...readdirSync(join(root, "lib"))
    .filter((room) => !apart.includes(room))
    .map((room) => join("lib", room)),
  "public",
  "next.config.mjs",
  "postcss.config.mjs",
  "tailwind.config.ts",
  "tsconfig.json",
  "package-lock.json",
];

export async function buildIfNeeded() {
  const builtAt = statSync(join(root, ".next/BUILD_ID"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (sources.every((source) => newest(join(root, source)) <= builtAt)) {
    return;
  }
  await run("Building the pages", nodePath(), [join(root, "node_modules/next/dist/bin/next"), "build"], {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
}

/**
 * A folder's own time counts: it shows deleted files.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    return 0;
  }
  return stat.isDirectory()
    ? readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs)
    : stat.mtimeMs;
}
