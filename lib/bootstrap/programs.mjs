import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, StepError } from "./step.mjs";

/**
 * Returns the JavaScript file of a program that one of our packages brings. Node runs it directly: the `.cmd`
 * files in `node_modules/.bin` need Windows' shell, which splits paths at their spaces.
 * @param {string} program such as `vitest`
 * @returns {string}
 */
export function programFile(program) {
  const { dependencies, devDependencies } = manifest(root);
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const folder = join(root, "node_modules", name);
    const { bin } = manifest(folder);
    const file = typeof bin === "string" ? name.replace(/^.*\//, "") === program && bin : bin?.[program];
    if (file) return join(folder, file);
  }
  throw new StepError(`No package of package.json brings the program "${program}".`);
}

/** @param {string} folder */
function manifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  } catch {
    return {};
  }
}
