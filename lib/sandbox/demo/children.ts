import { type ChildProcess, spawn } from "node:child_process";

export interface ChildOptions {
  name: string;
  script: string;
  env: Record<string, string>;
  onLine?: (line: string) => void;
  mayLeave?: boolean;
  onDeath?: (lastWords: readonly string[]) => boolean;
}

interface Child {
  options: ChildOptions;
  process: ChildProcess;
  lastWords: string[];
  isEndedOnPurpose: boolean;
}

const restartAfterMs = 1_000;
const killAfterMs = 4_000;
const keptLines = 8;

/** Keeps child processes alive: reports and restarts one that dies, until `stop`. */
export class Children {
  readonly #children = new Map<string, Child>();
  readonly #report: (line: string) => void;
  readonly #restarts = new Set<NodeJS.Timeout>();
  #stopping = false;

  constructor(report: (line: string) => void) {
    this.#report = report;
  }

  get names(): string[] {
    return [...this.#children.keys()];
  }

  start(options: ChildOptions): void {
    if (this.#stopping) {
      return;
    }
    const { name, script, env, onLine, mayLeave = false } = options;
    // Through this channel a child notices the parent's end, even after a kill -9.
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const entry: Child = { options, process: child, lastWords: [], isEndedOnPurpose: false };
    this.#children.set(name, entry);
    eachLine(child.stdout, (line) => onLine?.(line));
    eachLine(child.stderr, (line) => {
      entry.lastWords = [...entry.lastWords, line].slice(-keptLines);
    });
    let isOver = false;
    const over = (code: number | null, signal: NodeJS.Signals | null) => {
      if (isOver) {
        return;
      }
      isOver = true;
      this.#children.delete(name);
      if (this.#stopping || (mayLeave && code === 0)) {
        return;
      }
      if (options.onDeath?.(entry.lastWords) === false) {
        return;
      }
      if (!entry.isEndedOnPurpose) {
        this.#report(`${name} ended (${signal ?? `exit code ${code}`}); starting it again`);
        for (const line of entry.lastWords) {
          this.#report(`  ${line}`);
        }
      }
      const timer = setTimeout(() => {
        this.#restarts.delete(timer);
        this.start(options);
      }, restartAfterMs);
      this.#restarts.add(timer);
    };
    // A child that can't be spawned emits no exit.
    child.once("error", (error) => {
      entry.lastWords = [error.message];
      over(null, null);
    });
    child.once("exit", over);
  }

  pidOf(name: string): number | undefined {
    return this.#children.get(name)?.process.pid;
  }

  /** Ends a child like a deployment (SIGTERM) or a crash (SIGKILL). The child then restarts. */
  end(name: string, signal: "SIGTERM" | "SIGKILL"): void {
    const child = this.#children.get(name);
    if (child !== undefined) {
      child.isEndedOnPurpose = true;
      child.process.kill(signal);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#restarts) {
      clearTimeout(timer);
    }
    await Promise.all([...this.#children.values()].map(({ process: child }) => endChild(child)));
  }
}

function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      resolve();
      return;
    }
    const timer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

function eachLine(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      onLine(line);
    }
  });
}
