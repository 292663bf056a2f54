import type { TimeRow } from "#components/charts/time-rows.ts";
import type { History } from "#lib/api/history.ts";
import type { ResetMark } from "#lib/client/history/reset-marks.ts";
import { changeText, type OwnerChange } from "#lib/client/owners/owner-words.ts";

/** One step of a history, as the charts and the table show it. */
export interface HistoryRow {
  /** When the step began. */
  at: number;
  /** When it ended, or now where it still runs: its last figures are of that moment. */
  until: number;
  /** What is measured: without the bounds of what has no checkpoint. */
  lag: number | null;
  lagMax: number | null;
  /** With them, where there are any; else null. */
  atMost: number | null;
  /** Partitions that the sums leave out; null where the step is a gap. */
  notCounted: number | null;
  lagSeconds: number | null;
  /** It may have been longer. */
  lagSecondsIsLowerBound: boolean;
  eventsIn: number | null;
  eventsOut: number | null;
  /** The lags of the partitions beside the sum, in the order of the history's `partitions`. */
  lines: readonly (number | null)[];
  /** The step still runs: its figures are not final. */
  isOpen: boolean;
  /** The owner changes of the step, in words. */
  changes: readonly string[];
  /** The resets that began in the step, in words. */
  resets: readonly string[];
}

/** `now`: a step that ends after it still runs. Changes and resets are put into the step that they fall into. */
export function historyRows(
  { points, partitions, stepSeconds, from }: History,
  changes: readonly OwnerChange[],
  resets: readonly ResetMark[],
  now: number,
): HistoryRow[] {
  const stepMs = stepSeconds * 1000;
  const start = Date.parse(from);
  const changesIn = new StepTexts(start, stepMs);
  for (const change of changes) {
    changesIn.add(Date.parse(change.at), `partition ${change.partitionId} ${changeText(change)}`);
  }
  const resetsIn = new StepTexts(start, stepMs);
  for (const { at, label } of resets) resetsIn.add(at, `reset to ${label}`);
  return points.map((point, index) => {
    const at = Date.parse(point.at);
    return {
      at,
      until: Math.max(at, Math.min(at + stepMs, now)),
      lag: point.measuredLag,
      lagMax: point.measuredLagMax,
      atMost: point.lagIsUpperBound ? point.lag : null,
      notCounted: point.partitionsUnknown,
      lagSeconds: point.lagSeconds,
      lagSecondsIsLowerBound: point.lagSecondsIsLowerBound,
      eventsIn: point.eventsInPerSecond,
      eventsOut: point.eventsOutPerSecond,
      lines: partitions.map((line) => {
        const step = line.points[index];
        return step === undefined || step.lagIsUpperBound ? null : step.lag;
      }),
      isOpen: at + stepMs > now,
      changes: changesIn.of(at),
      resets: resetsIn.of(at),
    };
  });
}

/** Texts by the step that they belong to, each once. */
class StepTexts {
  readonly #texts = new Map<number, string[]>();
  readonly #start: number;
  readonly #stepMs: number;

  constructor(start: number, stepMs: number) {
    this.#start = start;
    this.#stepMs = stepMs;
  }

  add(at: number, text: string): void {
    const step = Math.floor((at - this.#start) / this.#stepMs);
    const others = this.#texts.get(step);
    if (others === undefined) this.#texts.set(step, [text]);
    else if (!others.includes(text)) others.push(text);
  }

  /** `at`: the step's start. */
  of(at: number): readonly string[] {
    return this.#texts.get(Math.round((at - this.#start) / this.#stepMs)) ?? [];
  }
}

/**
 * The rows of one chart, each at the end of its step, so that what a reset changed is drawn after its flag. What
 * still runs is drawn by itself, joined to the point before it.
 */
export function chartRows(
  rows: readonly HistoryRow[],
  values: (row: HistoryRow) => readonly (number | null)[],
  withMarks: boolean,
): TimeRow[] {
  const none: (number | null)[] = [];
  return rows.map((row, i) => {
    const leadsToOpen = !row.isOpen && rows[i + 1]?.isOpen === true;
    return {
      at: row.until,
      from: row.at,
      isLowerBound: row.lagSecondsIsLowerBound,
      values: row.isOpen ? none : values(row),
      open: row.isOpen || leadsToOpen ? values(row) : none,
      marks: withMarks ? row.changes : [],
      notes: withMarks ? row.resets : [],
    };
  });
}

/** Whether anything at all is known in the range. */
export function isKnown(row: HistoryRow): boolean {
  return [row.lag, row.lagMax, row.atMost, row.eventsIn, row.eventsOut].some((value) => value !== null);
}

/** The steps without figures between those with; what lies before the first was not watched. */
export function countGaps(rows: readonly HistoryRow[]): number {
  const first = rows.findIndex(isKnown);
  const last = rows.findLastIndex(isKnown);
  if (first < 0) return 0;
  return rows
    .slice(first, last)
    .filter((row, i, some) => !isKnown(row) && (i === 0 || isKnown(some[i - 1] ?? row))).length;
}
