import { fitsPattern, fitsPatternWithoutCase } from "#lib/core/name-pattern.ts";
import type { Clock, EpochMs } from "#lib/core/time.ts";
import type { SilenceRecords, SilenceRow } from "#lib/history/incidents/silence-records.ts";

interface SilenceableSubject {
  ruleId: string;
  hub: string;
  /** Null: the hub itself; a silence of all groups (`*`) covers it too. */
  group: string | null;
}

export function silencedUntil(
  silences: readonly Pick<SilenceRow, "hub" | "consumer_group" | "rule" | "until">[],
  { ruleId, hub, group }: SilenceableSubject,
  now: EpochMs,
): EpochMs | null {
  const holding = silences.filter(
    (silence) =>
      silence.until > now &&
      fitsPattern(silence.hub, hub) &&
      fitsPattern(silence.rule, ruleId) &&
      (group === null
        ? silence.consumer_group === "*"
        : fitsPatternWithoutCase(silence.consumer_group, group)),
  );
  return holding.length === 0 ? null : Math.max(...holding.map(({ until }) => until));
}

const readEveryMs = 5_000;

/** The current silences, read again every few seconds because another dashboard may add one. */
export class SilenceBook {
  readonly #records: SilenceRecords;
  readonly #clock: Clock;
  #read: { at: EpochMs; rows: Promise<SilenceRow[]> } | null = null;

  constructor(records: SilenceRecords, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  forget(): void {
    this.#read = null;
  }

  async covers(subject: SilenceableSubject): Promise<boolean> {
    const now = this.#clock();
    if (this.#read === null || now - this.#read.at >= readEveryMs) {
      this.#read = { at: now, rows: this.#records.holding(now) };
      this.#read.rows.catch(() => this.forget());
    }
    return silencedUntil(await this.#read.rows, subject, now) !== null;
  }
}
