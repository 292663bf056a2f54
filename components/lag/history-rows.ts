import type { TimeRow } from "#components/charts/time-rows.ts";
import type { History } from "#lib/api/history.ts";
import { changeText, type OwnerChange } from "#lib/client/owner-words.ts";

/** One step of a history, as the charts and the table show it. */
export interface HistoryRow {
  at: number;
  lag: number | null;
  lagMax: number | null;
  lagSeconds: number | null;
  eventsIn: number | null;
  eventsOut: number | null;
  /** The step still runs: its figures are not final. */
  isOpen: boolean;
  /** The owner changes of the step, in words. */
  changes: readonly string[];
}

/** `now`: a step that ends after it still runs. Changes of owners are put into the step that they fall into. */
export function historyRows(
  { points, stepSeconds, from }: History,
  changes: readonly OwnerChange[],
  now: number,
): HistoryRow[] {
  const stepMs = stepSeconds * 1000;
  const start = Date.parse(from);
  const inSteps = new Map<number, string[]>();
  for (const change of changes) {
    const step = Math.floor((Date.parse(change.at) - start) / stepMs);
    const text = `partition ${change.partitionId} ${changeText(change)}`;
    const others = inSteps.get(step);
    if (others === undefined) inSteps.set(step, [text]);
    else if (!others.includes(text)) others.push(text);
  }
  return points.map((point) => {
    const at = Date.parse(point.at);
    return {
      at,
      lag: point.lag,
      lagMax: point.lagMax,
      lagSeconds: point.lagSeconds,
      eventsIn: point.eventsInPerSecond,
      eventsOut: point.eventsOutPerSecond,
      isOpen: at + stepMs > now,
      changes: inSteps.get(Math.round((at - start) / stepMs)) ?? [],
    };
  });
}

/** The rows of one chart. What still runs is drawn by itself, joined to the point before it. */
export function chartRows(
  rows: readonly HistoryRow[],
  values: (row: HistoryRow) => readonly (number | null)[],
  withMarks: boolean,
): TimeRow[] {
  const none: (number | null)[] = [];
  return rows.map((row, i) => {
    const leadsToOpen = !row.isOpen && rows[i + 1]?.isOpen === true;
    return {
      at: row.at,
      values: row.isOpen ? none : values(row),
      open: row.isOpen || leadsToOpen ? values(row) : none,
      marks: withMarks ? row.changes : [],
    };
  });
}

/** Whether anything at all is known in the range. */
export function isKnown(row: HistoryRow): boolean {
  return row.lag !== null || row.lagMax !== null || row.eventsIn !== null || row.eventsOut !== null;
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
