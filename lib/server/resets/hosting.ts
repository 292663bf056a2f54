import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { AppError } from "#lib/core/app-error.ts";
import { pause } from "#lib/core/pause.ts";
import { type Beating, StalledRuns } from "#lib/reset/apply/stalled-runs.ts";
import { log } from "#lib/server/http/log.ts";

const tickMs = 1_000;
/** Less than a stop may take in total; a current write ends earlier. */
const stopWithinMs = 7_000;

/**
 * `running` lists what is recorded as running, here or elsewhere, and `hear` takes in each. `takeOver` is for
 * a run whose dashboard has died. Both `running` and `takeOver` throw AppError; `fault` is logged then.
 */
interface HostingOptions<Head> {
  running(): Promise<readonly Head[]>;
  hear(head: Head): void;
  takeOver(stalled: Head): Promise<void>;
  fault: string;
}

/** Keeps what this dashboard runs, and finds what another one, or an earlier run of this one, left behind. */
export class Hosting<Head extends Beating, Run> {
  readonly instance = `${hostname()} ${process.pid} ${randomUUID()}`;
  readonly #options: HostingOptions<Head>;
  readonly #runs = new Map<string, { run: Run; ended: Promise<void> }>();
  readonly #stalled = new StalledRuns<Head>();
  readonly #stopping = new AbortController();
  #ticking: Promise<void> = Promise.resolve();

  constructor(options: HostingOptions<Head>) {
    this.#options = options;
  }

  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  get size(): number {
    return this.#runs.size;
  }

  of(id: string): Run | undefined {
    return this.#runs.get(id)?.run;
  }

  /** Keeps a run until it has ended. A later one may have its id by then. */
  add(id: string, run: Run, ended: Promise<void>): void {
    const kept = {
      run,
      ended: ended.finally(() => {
        if (this.#runs.get(id) === kept) this.#runs.delete(id);
      }),
    };
    this.#runs.set(id, kept);
  }

  start(): void {
    this.#ticking = this.#tick();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const limit = new Promise((resolve) => setTimeout(resolve, stopWithinMs).unref());
    await Promise.race([
      Promise.all([this.#ticking, ...[...this.#runs.values()].map(({ ended }) => ended)]),
      limit,
    ]);
  }

  async #tick(): Promise<void> {
    while (!this.stopping.aborted) {
      try {
        await this.#look();
      } catch (error) {
        if (!(error instanceof AppError)) log.error({ err: error }, this.#options.fault);
      }
      await pause(tickMs, this.stopping);
    }
  }

  async #look(): Promise<void> {
    const { running, hear, takeOver } = this.#options;
    const all = await running();
    for (const head of all) hear(head);
    const others = all.filter(({ id }) => !this.#runs.has(id));
    for (const stalled of this.#stalled.observe(others, performance.now())) {
      if (this.stopping.aborted) return;
      await takeOver(stalled);
    }
  }
}
