import { fork } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { quantile } from "#tests/support/simulated/process-usage.ts";
import { startBareServer } from "./bare-server.ts";

const everyMs = 50;

export interface Waits {
  late: number;
  longest: number;
  /** What a server with nothing else to do has its askers wait: the machine's part. */
  idle: { late: number; longest: number };
  told: string;
}

/**
 * Asks a dashboard for its health on a fixed schedule, whether or not it has answered before, from a process of
 * its own; a wait counts from when its question was due. An idle server is asked beside it.
 * @returns ends the asking and tells the waits
 */
export async function startAsking(dashboard: string): Promise<() => Promise<Waits>> {
  const { url: idle } = await startBareServer(Buffer.from("ok"));
  const argument = JSON.stringify([everyMs, `${dashboard}/healthz`, idle]);
  const child = fork(new URL("./asking-process.ts", import.meta.url), [argument], { execArgv: [] });
  onTestFinished(() => void child.kill());
  return async () => {
    const answer = once(child, "message");
    child.send("waits?");
    const [[waits, idleWaits]] = (await answer) as [[number[], number[]]];
    const [ours, theirs] = [of(waits), of(idleWaits)];
    const told =
      `others waited p50 ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${ours.late.toFixed(0)} ms, at most ${ours.longest.toFixed(0)} ms ` +
      `(an idle server: p99 ${theirs.late.toFixed(0)} ms, at most ${theirs.longest.toFixed(0)} ms; ${waits.length} asked)`;
    return { ...ours, idle: theirs, told };
  };
}

function of(waits: readonly number[]): { late: number; longest: number } {
  return { late: quantile(waits, 0.99), longest: quantile(waits, 1) };
}
