import { setImmediate } from "node:timers/promises";
import type { Fault } from "#lib/api/errors.ts";
import type { Clock } from "#lib/core/time.ts";
import { isRefused, refusedFault, toHistoryFault } from "../fault.ts";
import type { Remembered } from "../remembered/remembered.ts";
import type { Retention } from "../samples/tiers.ts";
import type { Database } from "../storage/database.ts";
import type { Engine } from "../storage/engine.ts";
import { divideOwnerChanges, takeBackLapsedBound } from "./divide-owner-changes.ts";
import { keepPartitions } from "./partitions.ts";
import { RecentBatches } from "./recent-batches.ts";
import { type RefreshBatch, type RefreshToRecord, refreshBatch } from "./refresh-batch.ts";
import { graceMs, upkeepStep } from "./upkeep.ts";
import { RefreshWriter } from "./write-refresh.ts";

const firstRetryMs = 500;
const lastRetryMs = 10_000;
const upkeepPauseMs = 50;
const upkeepRestMs = 30_000;
const partitionsEveryMs = 10 * 60_000;
const stopWithinMs = 2_000;

export interface RecorderOptions {
  refreshSeconds: number;
  retention: Retention;
  clock: Clock;
  samplerOf?: (hub: string) => Sampler;
  onFault?: (fault: Fault | null) => void;
}

export type Sampler = "mine" | "others" | "unknown";

/** Writes refreshes one by one in order, and keeps the database in shape. */
export class Recorder {
  readonly recent = new RecentBatches();
  readonly #database: Database;
  readonly #options: RecorderOptions;
  readonly #writer = new RefreshWriter();
  readonly #lastAt = new Map<string, number>();
  readonly #refusing = new Set<string>();
  #writingTo: Engine | null = null;
  #fault: Fault | null = null;
  #retryMs = firstRetryMs;
  #retry: NodeJS.Timeout | undefined;
  #upkeep: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  #partitionsAt = Number.NEGATIVE_INFINITY;
  #dividing: Promise<void> | null = null;
  #isStopping = false;

  constructor(database: Database, options: RecorderOptions) {
    this.#database = database;
    this.#options = options;
  }

  get fault(): Fault | null {
    return this.#fault;
  }

  start(): void {
    this.#upkeep = setTimeout(() => this.#work(), upkeepPauseMs).unref();
  }

  /** Records a refresh. After a failed one the hub has an older time, which is already recorded. */
  record(refresh: RefreshToRecord, remembered: Remembered | null = null): void {
    const { refreshSeconds, clock } = this.#options;
    const batch = refreshBatch(refresh, refreshSeconds, this.#database.kind, remembered, clock());
    const lastAt = batch === null ? undefined : this.#lastAt.get(batch.hub);
    if (batch === null || batch.at === lastAt) return;
    // A clock that was set back must not lose refreshes until it catches up.
    batch.isLate = lastAt !== undefined && batch.at < lastAt;
    this.#lastAt.set(batch.hub, batch.at);
    this.recent.add(batch);
    // During a fault the retry timer decides, so that a stuck database is not asked more often.
    if (this.#retry === undefined) this.#work();
  }

  async written(): Promise<void> {
    while (this.recent.nextToWrite((hub) => this.#samplerOf(hub) !== "others") && !this.#isStopping) {
      await (this.#working ?? new Promise((resolve) => setTimeout(resolve, 10)));
    }
    await this.#working;
  }

  /** Tries once more after a fault, but no longer than a stop may take. */
  async stop(): Promise<void> {
    clearTimeout(this.#retry);
    clearTimeout(this.#upkeep);
    const limit = new Promise<void>((resolve) => setTimeout(resolve, stopWithinMs).unref());
    const finish = async () => {
      await this.#working;
      await this.#write();
    };
    await Promise.race([finish(), limit]);
    this.#isStopping = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#upkeep);
  }

  forget(): void {
    this.#writer.forget();
    this.recent.noteOthers();
  }

  noteFault(error: unknown): void {
    const fault = toHistoryFault(error);
    const isNew = fault.message !== this.#fault?.message;
    this.#fault = fault;
    if (isNew) this.#options.onFault?.(fault);
  }

  #work(): void {
    if (this.#working !== null || this.#isStopping) return;
    clearTimeout(this.#upkeep);
    this.#working = this.#write()
      .then((isWritten) => (isWritten ? this.#keepUp() : upkeepRestMs))
      .then((restMs) => {
        this.#working = null;
        if (this.#isStopping) return;
        if (this.#next() !== null && this.#retry === undefined) this.#work();
        else this.#upkeep = setTimeout(() => this.#work(), restMs).unref();
      });
  }

  async #write(): Promise<boolean> {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    for (let batch = this.#next(); batch !== null; batch = this.#next()) {
      try {
        const engine = await this.#database.engine();
        if (engine !== this.#writingTo) {
          await takeBackLapsedBound(engine, this.#options.clock());
          this.#writer.forget();
          this.#writingTo = engine;
        }
        batch.isLate ||= this.#options.clock() - batch.recordedAt > graceMs / 2;
        await this.#writer.write(engine, batch);
        this.recent.noteWritten(batch);
        this.#refusing.delete(batch.hub);
      } catch (error) {
        if (!isRefused(error)) {
          await this.#failed(error);
          return false;
        }
        this.#refuse(batch, error);
      }
      this.#recovered();
      // Lets requests run in between, also while catching up.
      await setImmediate();
    }
    return true;
  }

  /** The next batch of ours. Batches of hubs that another dashboard refreshes wait while they are recent. */
  #next(): RefreshBatch | null {
    return this.recent.nextToWrite((hub) => this.#samplerOf(hub) === "mine");
  }

  #samplerOf(hub: string): Sampler {
    return this.#options.samplerOf?.(hub) ?? "mine";
  }

  async #keepUp(): Promise<number> {
    try {
      const { clock, retention } = this.#options;
      const engine = await this.#database.engine();
      await this.#keepPartitions(engine);
      const didWork = await upkeepStep(engine, clock(), retention);
      if (this.#next() === null) this.#recovered();
      return didWork ? upkeepPauseMs : upkeepRestMs;
    } catch (error) {
      this.noteFault(error);
      await this.#database.failed();
      return upkeepRestMs;
    }
  }

  async #keepPartitions(engine: Engine): Promise<void> {
    const now = this.#options.clock();
    // A clock that was set back must not stop it.
    if (Math.abs(now - this.#partitionsAt) < partitionsEveryMs) return;
    // Noted first, so that a failure does not hold up the roll-ups.
    this.#partitionsAt = now;
    await keepPartitions(engine, now, this.#options.retention);
    // May take minutes, so refreshes are written meanwhile.
    this.#dividing ??= divideOwnerChanges(engine, now)
      .catch((error) => {
        if (!this.#isStopping) this.noteFault(error);
      })
      .finally(() => {
        this.#dividing = null;
      });
  }

  async #failed(error: unknown): Promise<void> {
    this.noteFault(error);
    // The last commit may have succeeded, so read the state again.
    this.#writer.forget();
    await this.#database.failed();
    if (this.#isStopping) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#work();
    }, this.#retryMs).unref();
    this.#retryMs = Math.min(lastRetryMs, this.#retryMs * 2);
  }

  /** A refresh that the database will never accept must not block the ones after it. */
  #refuse(batch: RefreshBatch, error: unknown): void {
    // If only our caches were old, the second attempt succeeds.
    this.#writer.forget();
    batch.isWritten = batch.isRefused;
    batch.isRefused = true;
    if (!batch.isWritten || this.#refusing.has(batch.hub)) return;
    this.#refusing.add(batch.hub);
    this.#options.onFault?.(refusedFault(batch.hub, error));
  }

  #recovered(): void {
    this.#retryMs = firstRetryMs;
    if (this.#fault === null) return;
    this.#fault = null;
    this.#options.onFault?.(null);
  }
}
