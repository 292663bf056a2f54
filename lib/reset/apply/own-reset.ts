import { type Moment, msBetween, thisMoment } from "#lib/core/moment.ts";
import { retry } from "#lib/core/pause.ts";
import type { EntryChange, ResetEnd } from "#lib/history/resets/note-reset.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { EntryOutcome } from "./entry-outcome.ts";

const beatMs = 1_000;
/** Others take a reset over once they have seen its heart stand still for longer than twice this. */
const surelyOursMs = 2_500;
/** Answers that take as long themselves assure nobody. */
const confirmTries = 4;
const noteTries = 4;
const noteRetryMs = 300;

/** This dashboard runs the reset no longer, or can't record what it does: it must not do anything more. */
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
  /** Who this dashboard is. */
  instance: string;
  /** Told after every step that was stored. */
  onStep: (resetId: string) => void;
  clock?: () => Moment;
}

/** A running reset in the hands of the one dashboard that runs it: keeps its heart beating and records its steps. */
export class OwnReset {
  readonly #options: OwnResetOptions;
  readonly #clock: () => Moment;
  readonly #lost = new AbortController();
  /** When the last beat was sent that is known to be stored. */
  #confirmedAt: Moment;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: OwnResetOptions) {
    this.#options = options;
    this.#clock = options.clock ?? thisMoment;
    this.#confirmedAt = this.#clock();
  }

  /** As it was when this dashboard began it, or took it over. */
  get reset(): ResetRecord {
    return this.#options.reset;
  }

  /** Aborts when somebody else has taken the reset over. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Beats from now on. */
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
   * To be called right before anything is changed outside: it is certain then that nobody has taken over.
   * @throws ResetLost
   */
  async confirm(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      if (this.lost.aborted) throw new ResetLost("another dashboard has taken it over");
      if (this.#unconfirmedMs() < surelyOursMs) return;
      if (tries === confirmTries) throw new ResetLost("the history answers too slowly to be sure of it");
      await this.#stored(() => this.#beat());
    }
  }

  /** Since the last beat was sent that is known to be stored: for so long others may have seen none. */
  #unconfirmedMs(): number {
    return msBetween(this.#confirmedAt, this.#clock());
  }

  /** Partitions' results. @throws ResetLost */
  noteResult(results: readonly EntryOutcome[]): Promise<void> {
    return this.note(results);
  }

  /** Any steps, in one commit. @throws ResetLost */
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

  /** Every step says what is, not what is added, so a step may be stored twice when its first answer was lost. */
  async #stored(step: () => Promise<void>): Promise<void> {
    try {
      await retry(step, { tries: noteTries, pauseMs: (tries) => tries * noteRetryMs });
    } catch (error) {
      throw error instanceof ResetLost ? error : new ResetLost("its steps can't be recorded", error);
    }
  }
}
