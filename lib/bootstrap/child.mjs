import { spawn } from "node:child_process";
import { constants } from "node:os";
import { onParentGone } from "./parent.mjs";

const isWindows = process.platform === "win32";
/** How long a program gets to end cleanly, and then its own children. */
const ownEndMs = 6_000;
const restEndMs = 1_500;

/** @type {NodeJS.Signals[]} */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a program to its end. Ends it and all of its children within 8 s when this process gets a signal or
 * its parent is gone. Rejects if it can't be started.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<{code: number, signal: NodeJS.Signals | null, wasStopped: boolean}>} code: 128 and more
 * for a signal
 */
export function runChild(command, args, options) {
  return new Promise((resolve, reject) => {
    // A group of its own lets leftover children be ended too.
    const child = spawn(command, args, { ...options, detached: !isWindows });
    let wasStopped = false;
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      if (wasStopped) return;
      wasStopped = true;
      if (isWindows) endTree(child.pid);
      else child.kill(signal);
      setTimeout(() => endGroup(child.pid, "SIGTERM"), ownEndMs).unref();
      setTimeout(() => endGroup(child.pid, "SIGKILL"), ownEndMs + restEndMs).unref();
    };
    const stopWatching = onParentGone(() => stop("SIGTERM"));
    for (const signal of signals) process.on(signal, stop);
    const over = () => {
      stopWatching();
      for (const signal of signals) process.off(signal, stop);
    };
    child.once("error", (error) => {
      over();
      reject(error);
    });
    child.once("exit", (code, signal) => {
      const ended = {
        code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
        signal,
        wasStopped,
      };
      const done = () => {
        over();
        resolve(ended);
      };
      if (!wasStopped || !endGroup(child.pid, "SIGTERM")) {
        done();
        return;
      }
      setTimeout(() => {
        endGroup(child.pid, "SIGKILL");
        done();
      }, restEndMs);
    });
  });
}

/**
 * Signals the group. Returns false if nothing of it is left.
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function endGroup(pid, signal) {
  if (pid === undefined || isWindows) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** @param {number | undefined} pid */
function endTree(pid) {
  if (pid !== undefined) spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore" });
}
