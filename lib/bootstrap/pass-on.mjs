import { spawn } from "node:child_process";
import { constants } from "node:os";
import { onParentGone } from "./parent.mjs";

/**
 * Hands over to another process, which gets this one's signals and input. This process ends as the other
 * does.
 * @param {string} command
 * @param {string[]} args
 */
export function passOn(command, args) {
  return new Promise((_, reject) => {
    // The child notices by the channel when this process is gone.
    const child = spawn(command, args, { stdio: ["inherit", "inherit", "inherit", "ipc"] });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(signal, () => child.kill(signal));
    }
    if (process.env.npm_lifecycle_event !== undefined) onParentGone(() => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
