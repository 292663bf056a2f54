import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, vi } from "vitest";
import type { Sdk } from "./sdks.ts";
import { type Line, lineSchema, type Task } from "./task.ts";

export interface Worker {
  /** All that it has said so far. */
  lines: readonly Line[];
  /** Of one partition, the sequence numbers of the events that its handler was given, in order. */
  handled(partitionId: string): number[];
  /** Waits for a line that is as wanted. */
  says(wanted: Partial<Line>): Promise<Line>;
  /** Asks it to end in good order, and waits for that. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Also a JVM on a busy machine has started by then. */
const patienceMs = 90_000;
const mannersMs = 30_000;

/** Starts an SDK's processor as a process of its own. */
export function startWorker(sdk: Sdk, task: Task): Worker {
  const { file, args, env = {} } = sdk.run;
  const told = { ...task, ...(sdk.variant === undefined ? {} : { variant: sdk.variant }) };
  const child = spawn(file, [...args, JSON.stringify(told)], {
    stdio: ["ignore", "pipe", "pipe"],
    // What trusts the system's certificates is given ours that way.
    env: { ...process.env, ...env, SSL_CERT_FILE: task.authority },
  });
  const lines: Line[] = [];
  let complaints = "";
  createInterface({ input: child.stdout }).on("line", (text) => {
    try {
      lines.push(lineSchema.parse(JSON.parse(text)));
    } catch {
      complaints += `${text}\n`;
    }
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    if (complaints.length < 100_000) complaints += part;
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", (error) => {
      complaints += String(error);
      resolve();
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), mannersMs);
    await ended;
    clearTimeout(timer);
  };
  return {
    lines,
    handled: (partitionId) =>
      lines.flatMap((line) =>
        line.kind === "event" && line.partitionId === partitionId ? [line.sequenceNumber ?? -1] : [],
      ),
    says: (wanted) =>
      vi.waitFor(
        () => {
          const found = lines.find((line) =>
            Object.entries(wanted).every(([key, value]) => line[key as keyof Line] === value),
          );
          const context = `${sdk.label}: ${JSON.stringify(wanted)}\n${complaints.slice(-4_000)}\n${JSON.stringify(lines.slice(-8))}`;
          expect(found, context).toBeDefined();
          return found as Line;
        },
        { timeout: patienceMs, interval: 50 },
      ),
    stop: async () => {
      await end("SIGTERM");
      expect(lines.at(-1)?.kind, complaints.slice(-4_000)).toBe("stopped");
    },
    kill: () => end("SIGKILL"),
  };
}
