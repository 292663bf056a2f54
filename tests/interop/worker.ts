import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, vi } from "vitest";
import { logsFolder } from "./chosen.ts";
import type { Sdk } from "./sdks.ts";
import { type Line, lineSchema, type Task } from "./task.ts";

export interface Worker {
  lines: readonly Line[];
  handled(partitionId: string): number[];
  says(wanted: Partial<Line>): Promise<Line>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** A JVM on a busy machine has started by then, too. */
const patienceMs = 180_000;
/** Python ends with its round of load balancing, by default 30 s. */
const mannersMs = 60_000;

export function startWorker(sdk: Sdk, task: Task): Worker {
  const { file, args, env = {} } = sdk.run;
  const told = { ...task, ...(sdk.variant === undefined ? {} : { variant: sdk.variant }) };
  const child = spawn(file, [...args, JSON.stringify(told)], {
    stdio: ["ignore", "pipe", "pipe"],
    // Programs that trust the system's certificates accept ours through this variable.
    env: { ...process.env, ...env, SSL_CERT_FILE: task.authority },
  });
  mkdirSync(logsFolder, { recursive: true });
  const log = createWriteStream(join(logsFolder, `${task.eventHubName}-${child.pid}.log`));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
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
    child.once("close", () => {
      log.end();
      resolve();
    });
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
  const says = (wanted: Partial<Line>): Promise<Line> =>
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
    );
  return {
    lines,
    handled: (partitionId) =>
      lines.flatMap((line) =>
        line.kind === "event" && line.partitionId === partitionId ? [line.sequenceNumber ?? -1] : [],
      ),
    says,
    stop: async () => {
      // Before that it may not listen to signals yet.
      await says({ kind: "started" });
      await end("SIGTERM");
      const context = `${JSON.stringify(lines.slice(-8))}\n${complaints.slice(-4_000)}`;
      // A handler may still be at it: JavaScript closes without waiting for it.
      expect(
        lines.map(({ kind }) => kind),
        context,
      ).toContain("stopped");
    },
    kill: () => end("SIGKILL"),
  };
}
