import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { ResetMode } from "#lib/api/resets.ts";
import { AppError } from "#lib/core/app-error.ts";
import { pause, retry } from "#lib/core/pause.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import { OwnReset, ResetLost } from "#lib/reset/apply/own-reset.ts";
import type { ResetRunner } from "#lib/reset/apply/reset-run.ts";
import { StalledResets } from "#lib/reset/apply/stalled-resets.ts";
import { StopWish } from "#lib/reset/apply/stop-wish.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { isSameGroup } from "#lib/reset/move/is-same-group.ts";
import { log } from "#lib/server/http/log.ts";
import type { PlannedPartitions } from "./planned-partitions.ts";
import { endedActivity } from "./reset-activity.ts";
import type { GroupAddress } from "./resets-runtime.ts";

const tickMs = 1_000;
/** After a start a group is known only after a refresh. */
const placeTries = 60;
const placePauseMs = 500;
/** Less than a stop may take in total; a current write ends earlier. */
const stopWithinMs = 7_000;

export interface ResetHostOptions {
  records: ResetRecords;
  findPlace(address: GroupAddress & { store: string }): ResetPlace;
  runners: Record<ResetMode, ResetRunner>;
  planned(planId: string): Promise<PlannedPartitions>;
  onStep(resetId: string): void;
}

type Address = Pick<ResetRecord, "hub" | "store" | "group">;

/** A move's source group. Null: the group itself, or no move. */
function sourceOf({ hub, store, group, target }: ResetRecord): Address | null {
  if (target.kind !== "move") return null;
  const from = { ...target.from, hub: target.from.hub ?? hub };
  return isSameGroup(from, { hub, store, group }) ? null : from;
}

export class ResetHost {
  readonly instance = `${hostname()} ${process.pid} ${randomUUID()}`;
  readonly #options: ResetHostOptions;
  readonly #runs = new Map<string, { ended: Promise<void>; wish: StopWish }>();
  readonly #stalled = new StalledResets();
  readonly #stopping = new AbortController();
  #ticking: Promise<void> = Promise.resolve();

  constructor(options: ResetHostOptions) {
    this.#options = options;
  }

  start(): void {
    this.#ticking = this.#tick();
  }

  /** Runs a begun or taken over reset under this dashboard's `instance`. */
  run(reset: ResetRecord, isTakenOver = false): void {
    const wish = new StopWish();
    wish.hear(reset.stopAsked);
    const ended = this.#run(reset, isTakenOver, wish)
      .catch((error: unknown) => {
        // Its heartbeat stops here, so any dashboard may take over.
        if (error instanceof ResetLost) log.warn({ resetId: reset.id, err: error.cause }, error.message);
        else log.error({ resetId: reset.id, err: error }, "A reset failed inside the dashboard.");
      })
      .finally(() => this.#runs.delete(reset.id));
    this.#runs.set(reset.id, { ended, wish });
  }

  /** Passes on a request to end a reset that runs here; others hear it within seconds. */
  hear(reset: Pick<ResetRecord, "id" | "stopAsked">): void {
    this.#runs.get(reset.id)?.wish.hear(reset.stopAsked);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const limit = new Promise((resolve) => setTimeout(resolve, stopWithinMs).unref());
    await Promise.race([
      Promise.all([this.#ticking, ...[...this.#runs.values()].map(({ ended }) => ended)]),
      limit,
    ]);
  }

  async #run(reset: ResetRecord, isTakenOver: boolean, wish: StopWish): Promise<void> {
    const { records, runners, onStep } = this.#options;
    const own = new OwnReset({ records, reset, instance: this.instance, onStep });
    own.start();
    try {
      const from = sourceOf(reset);
      const source = from === null ? null : await this.#placeOf(from, isTakenOver);
      const isBlind = !isTakenOver && from !== null && source === null;
      const place = isBlind ? null : await this.#placeOf(reset, isTakenOver);
      const run = { own, place, source, isTakenOver, stop: this.#stopping.signal, wish };
      const { state, reason, watchSeconds } = await runners[reset.mode](run);
      const planned = await this.#options.planned(reset.planId);
      const endedAt = Date.now();
      const watchedUntil = watchSeconds === null ? null : endedAt + watchSeconds * 1_000;
      const activity = (ended: ResetRecord) => endedActivity(ended, planned);
      await own.end({ state, reason, endedAt, watchedUntil, activity });
    } finally {
      own.stop();
    }
  }

  async #placeOf({ hub, store, group }: Address, isTakenOver: boolean): Promise<ResetPlace | null> {
    const isPatient = () => isTakenOver && !this.#stopping.signal.aborted;
    return retry(() => this.#options.findPlace({ hub, store, group }), {
      tries: placeTries,
      pauseMs: () => placePauseMs,
      mayPass: (error) => error instanceof AppError && isPatient(),
    }).catch((error: unknown) => {
      if (error instanceof AppError) return null;
      throw error;
    });
  }

  async #tick(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#takeOver();
      } catch (error) {
        if (!(error instanceof AppError)) log.error({ err: error }, "Resets can't be looked after.");
      }
      await pause(tickMs, signal);
    }
  }

  async #takeOver(): Promise<void> {
    const { records, onStep } = this.#options;
    const running = await records.running();
    for (const reset of running) this.hear(reset);
    const others = running.filter(({ id }) => !this.#runs.has(id));
    for (const stalled of this.#stalled.observe(others, performance.now())) {
      if (this.#stopping.signal.aborted) return;
      if (!(await records.takeOver(stalled.id, stalled, this.instance))) continue;
      const reset = await records.reset(stalled.id);
      if (reset === null) continue;
      log.warn(
        { resetId: stalled.id, hub: stalled.hub },
        "A reset whose dashboard has died is cleared up here.",
      );
      onStep(stalled.id);
      this.run(reset, true);
    }
  }
}
