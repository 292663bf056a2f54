import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { pause } from "#lib/core/pause.ts";
import { type Config, ConfigError } from "#lib/server/config/config.ts";
import { log } from "#lib/server/http/log.ts";

const observeEveryMs = 5_000;
/** A file being written gets a second look before it counts as faulty. */
const secondLookMs = 300;

export interface FollowerOptions {
  file: string | null;
  load(text: string): Config;
  /** Applies a configuration. False: parts must wait and be tried again. */
  apply(config: Config): Promise<boolean>;
  refused(problems: readonly string[]): void;
  observeEveryMs?: number;
}

/**
 * Reads the configuration again when the file's content changes, also behind swapped links as in Kubernetes.
 */
export class ConfigFollower {
  readonly #options: FollowerOptions;
  readonly #stopping = new AbortController();
  #seen: string;
  #waiting: Config | null = null;
  #hurried = new AbortController();
  #isAsked = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: FollowerOptions, text: string) {
    this.#options = options;
    this.#seen = hashOf(text);
  }

  start(): void {
    if (this.#options.file !== null) this.#running = this.#follow(this.#options.file);
  }

  reload(): void {
    if (this.#options.file === null) {
      log.warn("There is no configuration file to read again: the environment is read at the start alone.");
    }
    this.#isAsked = true;
    this.#hurried.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #follow(file: string): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#hurried = new AbortController();
      if (!this.#isAsked) {
        const rest = this.#options.observeEveryMs ?? observeEveryMs;
        await pause(rest, AbortSignal.any([signal, this.#hurried.signal]));
      }
      if (signal.aborted) return;
      const isAsked = this.#isAsked;
      this.#isAsked = false;
      try {
        await this.#look(file, isAsked);
      } catch (error) {
        log.error({ err: error }, "Reading the configuration again failed inside the dashboard.");
      }
    }
  }

  async #look(file: string, isAsked: boolean): Promise<void> {
    const text = await readText(file);
    const hash = hashOf(text);
    if (hash === this.#seen && !isAsked) {
      if (this.#waiting !== null) await this.#apply(this.#waiting);
      return;
    }
    const read = this.#read(file, text);
    if ("problems" in read) {
      await pause(secondLookMs, this.#stopping.signal);
      if (this.#stopping.signal.aborted || hashOf(await readText(file)) !== hash) return;
      this.#seen = hash;
      this.#options.refused(read.problems);
      return;
    }
    this.#seen = hash;
    await this.#apply(read.config);
  }

  #read(file: string, text: string | Error): { config: Config } | { problems: readonly string[] } {
    if (typeof text !== "string") return { problems: [`${file}: can't be read (${text.message})`] };
    try {
      return { config: this.#options.load(text) };
    } catch (error) {
      if (error instanceof ConfigError) return { problems: error.problems };
      throw error;
    }
  }

  async #apply(config: Config): Promise<void> {
    this.#waiting = (await this.#options.apply(config)) ? null : config;
  }
}

async function readText(file: string): Promise<string | Error> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    return new Error((cause as NodeJS.ErrnoException).code ?? "unknown reason");
  }
}

function hashOf(text: string | Error): string {
  const content = typeof text === "string" ? `text ${text}` : `error ${text.message}`;
  return createHash("sha256").update(content).digest("base64");
}
