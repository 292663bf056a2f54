import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, vi } from "vitest";
import type { Sdk } from "./sdks.ts";
import { type Line, lineSchema, type Task } from "./task.ts";

export interface Worker {
  lines: readonly Line[];
  handled(partitionId: string): number[];
  says(wanted: Partial<Line>): Promise<Line>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Long enough for a JVM to start on a busy machine. */
const patienceMs = 90_000;
const mannersMs = 30_000;

export function startWorker(sdk: Sdk, task: Task): Worker {
  const { file, args, env = {} } = sdk.run;
  const told = { ...task, ...(sdk.variant === undefined ? {} : { variant: sdk.variant }) };
  const child = spawn(file, [...args, JSON.stringify(told)], {
    stdio: ["ignore", "pipe", "pipe"],
    // Programs that trust the system's certificates accept ours through this variable.
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
