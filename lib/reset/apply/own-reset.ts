import { type Moment, msBetween, thisMoment } from "#lib/core/moment.ts";
import { retry } from "#lib/core/pause.ts";
import type { EntryChange, ResetEnd } from "#lib/history/resets/note-reset.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";

const beatMs = 1_000;
/** Other dashboards take a reset over after more than twice this without a heartbeat. */
const surelyOursMs = 2_500;
const confirmTries = 4;
const noteTries = 4;
const noteRetryMs = 300;

/** Thrown when this dashboard has lost the reset or can't record it: it must change nothing more. */
export class ResetLost extends Error {
  constructor(why: string, cause?: unknown) {
    super(`The reset is not run here any more: ${why}.`, cause === undefined ? {} : { cause });
    this.name = "ResetLost";
  }
}

type Records = Pick<ResetRecords, "note" | "heartbeat" | "end">;

export interface OwnResetOptions {
  records: Records;
  reset: ResetRecord;
  instance: string;
  onStep: (resetId: string) => void;
  clock?: () => Moment;
}

/** A running reset that this dashboard owns. Sends its heartbeats and records its steps. */
export class OwnReset {
  readonly #options: OwnResetOptions;
  readonly #clock: () => Moment;
  readonly #lost = new AbortController();
  /** When the last heartbeat known to be stored was sent. */
  #confirmedAt: Moment;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: OwnResetOptions) {
    this.#options = options;
    this.#clock = options.clock ?? thisMoment;
    this.#confirmedAt = this.#clock();
  }

  /** The record at the time when this dashboard began the reset or took it over. */
  get reset(): ResetRecord {
    return this.#options.reset;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      const isRecent = this.#unconfirmedMs() < beatMs / 2;
      const beaten = isRecent ? Promise.resolve() : this.#beat().catch(() => {});
      void beaten.then(() => {
        if (this.#timer !== undefined && !this.lost.aborted) this.start();
      });
    }, beatMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /**
   * Makes sure that nobody has taken over. Call it right before each change outside.
   * @throws ResetLost, also when each of four heartbeats was too slow to prove it
   */
  async confirm(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      if (this.lost.aborted) throw new ResetLost("another dashboard has taken it over");
      if (this.#unconfirmedMs() < surelyOursMs) return;
      if (tries === confirmTries) throw new ResetLost("the history answers too slowly to be sure of it");
      await this.#stored(() => this.#beat());
    }
  }

  #unconfirmedMs(): number {
    return msBetween(this.#confirmedAt, this.#clock());
  }

  /** Records steps and results in one commit. @throws ResetLost */
  async note(changes: readonly EntryChange[]): Promise<void> {
    if (changes.length === 0) return;
    const { records, reset, instance, onStep } = this.#options;
    await this.#stored(() => this.#confirmed(() => records.note(reset.id, instance, changes)));
    onStep(reset.id);
  }

  /** @throws ResetLost */
  async end(end: ResetEnd): Promise<void> {
    const { records, reset, instance, onStep } = this.#options;
    await this.#stored(() => this.#confirmed(() => records.end(reset.id, instance, end)));
    onStep(reset.id);
  }

  #beat(): Promise<void> {
    const { records, reset, instance } = this.#options;
    return this.#confirmed(() => records.heartbeat(reset.id, instance));
  }

  async #confirmed(step: () => Promise<boolean>): Promise<void> {
    const sentAt = this.#clock();
    if (await step()) {
      this.#confirmedAt = sentAt;
      return;
    }
    this.#lost.abort();
    throw new ResetLost("another dashboard has taken it over");
  }

  /** Stores a step, again if its answer is lost: steps state what is, so storing one twice does no harm. */
  async #stored(step: () => Promise<void>): Promise<void> {
    try {
      await retry(step, { tries: noteTries, pauseMs: (tries) => tries * noteRetryMs });
    } catch (error) {
      throw error instanceof ResetLost ? error : new ResetLost("its steps can't be recorded", error);
    }
  }
}
