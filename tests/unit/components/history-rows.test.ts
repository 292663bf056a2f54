import { describe, expect, it } from "vitest";
import { chartRows, countGaps, type HistoryRow, historyRows, isKnown } from "#components/lag/history-rows.ts";
import type { History } from "#lib/api/history.ts";
import type { OwnerChange } from "#lib/client/owner-words.ts";

const start = Date.parse("2026-03-01T12:00:00Z");
const iso = (seconds: number) => new Date(start + seconds * 1000).toISOString();

function history(lags: readonly (number | null)[]): History {
  return {
    from: iso(0),
    to: iso(lags.length * 10),
    stepSeconds: 10,
    error: null,
    partitions: [],
    partitionsAsked: 0,
    watchedSince: iso(0),
    points: lags.map((lag, i) => ({
      at: iso(i * 10),
      lag,
      lagMax: lag,
      lagIsUpperBound: false,
      measuredLag: lag,
      measuredLagMax: lag,
      partitionsUnknown: lag === null ? null : 0,
      lagSeconds: lag,
      eventsInPerSecond: lag,
      eventsOutPerSecond: null,
    })),
  };
}

function change(seconds: number, partitionId = "3"): OwnerChange {
  return {
    at: iso(seconds),
    partitionId,
    kind: "stolen",
    ownerId: "b",
    previousOwnerId: "a",
    uncertaintySeconds: 0,
    unobserved: false,
  };
}

const values = (row: HistoryRow) => [row.lag];

describe("a history's rows", () => {
  it("keep what is not known as unknown", () => {
    const rows = historyRows(history([4, null, 0]), [], start + 60_000);
    expect(rows.map(({ lag }) => lag)).toEqual([4, null, 0]);
    expect(rows.map(isKnown)).toEqual([true, false, true]);
    expect(chartRows(rows, values, true).map((row) => row.values[0])).toEqual([4, null, 0]);
  });

  it("carry the owner changes of their step, each once", () => {
    const rows = historyRows(history([1, 2, 3]), [change(10), change(19.9), change(20, "7")], start + 60_000);
    expect(rows.map((row) => row.changes)).toEqual([
      [],
      ["partition 3 stolen by b from a"],
      ["partition 7 stolen by b from a"],
    ]);
    expect(chartRows(rows, values, false).every((row) => row.marks.length === 0)).toBe(true);
  });

  it("draw the step that still runs by itself, joined to the one before", () => {
    const rows = chartRows(historyRows(history([1, 2, 3]), [], start + 25_000), values, true);
    expect(rows.map((row) => row.values[0])).toEqual([1, 2, undefined]);
    expect(rows.map((row) => row.open[0])).toEqual([undefined, 2, 3]);
  });

  it("count the gaps between what is known, not what lies before", () => {
    const gaps = (lags: (number | null)[]) => countGaps(historyRows(history(lags), [], start + 1e6));
    expect(gaps([null, null, 1, 2])).toBe(0);
    expect(gaps([1, null, null, 2, null, 3, null])).toBe(2);
    expect(gaps([null, null])).toBe(0);
  });
});
