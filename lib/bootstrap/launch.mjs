// Runs what a script of package.json names without relying on any shell: signals reach it, exit codes come
// back, and it ends when npm does. Usage:
// node lib/bootstrap/launch.mjs FILE.ts [ARGUMENT…]
// node lib/bootstrap/launch.mjs "PROGRAM ARGUMENT… && PROGRAM ARGUMENT…" [ARGUMENT of the last…]

import { enableCompileCache } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runChild } from "./child.mjs";
import { onParentGone } from "./parent.mjs";
import { programFile } from "./programs.mjs";

// Caches compiled code for later starts, child programs included: compiling is half of a start. The cache is
// in this folder because others could put code into the machine's temporary one.
const { directory } = enableCompileCache(
  fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url)),
);
if (directory !== undefined) process.env.NODE_COMPILE_CACHE = directory;

const [what = "", ...rest] = process.argv.slice(2);
if (/^\S+\.ts$/.test(what)) {
  await runFile(resolve(what));
} else {
  process.exitCode = await runPrograms(what.split(" && ").map((line) => line.split(" ")));
}

/**
 * Runs in this process, so that the file's own signal handlers end it cleanly.
 * @param {string} file
 */
async function runFile(file) {
  onParentGone(() => {
    if (!process.emit("SIGTERM", "SIGTERM")) process.exit(143);
  });
  process.argv = [process.argv[0] ?? "", file, ...rest];
  await import(pathToFileURL(file).href);
}

/**
 * Runs programs one after another until one fails.
 * @param {string[][]} programs
 */
async function runPrograms(programs) {
  for (const [index, [program = "", ...args]] of programs.entries()) {
    const all = index === programs.length - 1 ? [...args, ...rest] : args;
    const command = program === "node" ? all : [programFile(program), ...all];
    const { code, wasStopped } = await runChild(process.execPath, command, { stdio: "inherit" });
    if (code !== 0 || wasStopped) return code;
  }
  return 0;
}
