import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChild } from "./child.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** A failure with a sentence for the user; nothing else need be printed. */
export class StepError extends Error {}

const heartbeatMs = 15_000;

/**
 * Runs a command with its output shown, reports every 15 s that it is still running, and rejects if it fails.
 * @param {string} what a sentence's start, such as "Installing packages"
 * @param {string} command
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, cwd?: string}} [options]
 * @returns {Promise<void>}
 */
export async function run(what, command, args, options = {}) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  console.error(`tidemark: ${what} …`);
  const heartbeat = setInterval(
    () => console.error(`tidemark: ${what}, ${seconds()} s so far …`),
    heartbeatMs,
  );
  try {
    const { code, signal, wasStopped } = await runChild(command, args, {
      cwd: root,
      // Standard output belongs to the script itself.
      stdio: ["ignore", 2, 2],
      ...options,
    }).catch((cause) => {
      throw new StepError(`${what} failed: ${cause.message}`);
    });
    if (wasStopped) throw new StepError(`${what} was stopped.`);
    if (code !== 0) {
      throw new StepError(`${what} failed (${signal ?? `exit code ${code}`}); its own words stand above.`);
    }
  } finally {
    clearInterval(heartbeat);
  }
  console.error(`tidemark: ${what}: done in ${seconds()} s.`);
}
