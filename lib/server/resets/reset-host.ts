import type { ResetMode } from "#lib/api/resets.ts";
import { type GroupAddress, isSameGroup } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import { retry } from "#lib/core/pause.ts";
import type { ResetHead, ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import { OwnReset, ResetLost } from "#lib/reset/apply/own-reset.ts";
import type { ResetRunner } from "#lib/reset/apply/reset-run.ts";
import { StopWish } from "#lib/reset/apply/stop-wish.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { log } from "#lib/server/http/log.ts";
import { Hosting } from "./hosting.ts";
import type { PlannedPartitions } from "./planned-partitions.ts";
import { endedActivity } from "./reset-activity.ts";

/** After a start a group is known only after a refresh. */
const placeTries = 60;
const placePauseMs = 500;

export interface ResetHostOptions {
  records: ResetRecords;
  findPlace(address: GroupAddress): ResetPlace;
  runners: Record<ResetMode, ResetRunner>;
  planned(planId: string): Promise<PlannedPartitions>;
  onStep(resetId: string): void;
}

/** A move's source group. Null: the group itself, or no move. */
function sourceOf({ hub, store, group, target }: ResetRecord): GroupAddress | null {
  if (target.kind !== "move") return null;
  const from = { ...target.from, hub: target.from.hub ?? hub };
  return isSameGroup(from, { hub, store, group }) ? null : from;
}

export class ResetHost {
  readonly #options: ResetHostOptions;
  readonly #hosting: Hosting<ResetHead, StopWish>;

  constructor(options: ResetHostOptions) {
    this.#options = options;
    this.#hosting = new Hosting({
      running: () => options.records.running(),
      hear: (reset) => this.hear(reset),
      takeOver: (stalled) => this.#takeOver(stalled),
      fault: "Resets can't be looked after.",
    });
  }

  get instance(): string {
    return this.#hosting.instance;
  }

  start(): void {
    this.#hosting.start();
  }

  stop(): Promise<void> {
    return this.#hosting.stop();
  }

  run(reset: ResetRecord, isTakenOver = false): void {
    const wish = new StopWish();
    wish.hear(reset.stopAsked);
    const ended = this.#run(reset, isTakenOver, wish).catch((error: unknown) => {
      // Its heartbeat stops here, so any dashboard may take over.
      if (error instanceof ResetLost) log.warn({ resetId: reset.id, err: error.cause }, error.message);
      else log.error({ resetId: reset.id, err: error }, "A reset failed inside the dashboard.");
    });
    this.#hosting.add(reset.id, wish, ended);
  }

  /** Passes on a request to end a reset that runs here; others hear it within seconds. */
  hear(reset: Pick<ResetRecord, "id" | "stopAsked">): void {
    this.#hosting.of(reset.id)?.hear(reset.stopAsked);
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
      const run = { own, place, source, isTakenOver, stop: this.#hosting.stopping, wish };
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

  async #placeOf({ hub, store, group }: GroupAddress, isTakenOver: boolean): Promise<ResetPlace | null> {
    const isPatient = () => isTakenOver && !this.#hosting.stopping.aborted;
    return retry(() => this.#options.findPlace({ hub, store, group }), {
      tries: placeTries,
      pauseMs: () => placePauseMs,
      mayPass: (error) => error instanceof AppError && isPatient(),
    }).catch((error: unknown) => {
      if (error instanceof AppError) return null;
      throw error;
    });
  }

  async #takeOver(stalled: ResetHead): Promise<void> {
    const { records, onStep } = this.#options;
    if (!(await records.takeOver(stalled.id, stalled, this.instance))) return;
    const reset = await records.reset(stalled.id);
    if (reset === null) return;
    log.warn(
      { resetId: stalled.id, hub: stalled.hub },
      "A reset whose dashboard has died is cleared up here.",
    );
    onStep(stalled.id);
    this.run(reset, true);
  }
}
