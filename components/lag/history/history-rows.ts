import type { TimeRow } from "#components/charts/time-rows.ts";
import type { History } from "#lib/api/history.ts";
import type { ResetMark } from "#lib/client/history/reset-marks.ts";
import { changeText, type OwnerChange } from "#lib/client/owners/owner-words.ts";

/**
 * `until` is the step's end, or now if it still runs; its last figures are from then. `lag` has no bounds of
 * partitions that lack a checkpoint, and is null until all partitions are known. `lines` are lags of single
 * partitions, in the order of the history's `partitions`.
 */
export interface HistoryRow {
  at: number;
  until: number;
  lag: number | null;
  lagMax: number | null;
  atMost: number | null;
  notCounted: number | null;
  withoutCheckpoint: number | null;
  lagSeconds: number | null;
  lagSecondsIsLowerBound: boolean;
  eventsIn: number | null;
  eventsOut: number | null;
  lines: readonly (number | null)[];
  isOpen: boolean;
  changes: readonly string[];
  resets: readonly string[];
}

/** Makes rows and sorts changes and resets into their steps. `now`: a step that ends later still runs. */
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
      withoutCheckpoint: point.partitionsBounded,
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

  of(at: number): readonly string[] {
    return this.#texts.get(Math.round((at - this.#start) / this.#stepMs)) ?? [];
  }
}

/**
 * Rows of one chart, each at the end of its step, so that a reset's effect follows its flag. The running step
 * is drawn separately, joined to the point before.
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

export function isKnown(row: HistoryRow): boolean {
  return [row.lag, row.lagMax, row.atMost, row.eventsIn, row.eventsOut].some((value) => value !== null);
}

/** Counts steps without figures between known ones; before the first nobody watched. */
export function countGaps(rows: readonly HistoryRow[]): number {
  const first = rows.findIndex(isKnown);
  const last = rows.findLastIndex(isKnown);
  if (first < 0) return 0;
  return rows
    .slice(first, last)
    .filter((row, i, some) => !isKnown(row) && (i === 0 || isKnown(some[i - 1] ?? row))).length;
}
