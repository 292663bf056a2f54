import { describe, expect, it } from "vitest";
import {
  chartRows,
  countGaps,
  type HistoryRow,
  historyRows,
  isKnown,
} from "#components/lag/history/history-rows.ts";
import { historyColumns } from "#components/lag/history/history-table.tsx";
import { behindWords } from "#components/lag/history/history-words.ts";
import { leftOutWords } from "#components/lag/history/left-out-words.ts";
import type { History } from "#lib/api/history.ts";
import { csvOf } from "#lib/client/format/csv.ts";
import { utcTimes } from "#lib/client/history/time-axis.ts";
import type { OwnerChange } from "#lib/client/owners/owner-words.ts";

const start = Date.parse("2026-03-01T12:00:00Z");
const iso = (seconds: number) => new Date(start + seconds * 1000).toISOString();

function history(lags: readonly (number | null)[], over: Partial<History> = {}): History {
  return {
    from: iso(0),
    to: iso(lags.length * 10),
    stepSeconds: 10,
    error: null,
    partitions: [],
    partitionsAsked: 0,
    watchedSince: iso(0),
    ...over,
    points: lags.map((lag, i) => ({
      at: iso(i * 10),
      lag,
      lagMax: lag,
      lagIsUpperBound: false,
      measuredLag: lag,
      measuredLagMax: lag,
      partitionsUnknown: lag === null ? null : 0,
      partitionsBounded: lag === null ? null : 0,
      lagSeconds: lag,
      lagSecondsIsLowerBound: false,
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
const bound = { lag: 900, lagMax: 900, lagIsUpperBound: true, partitionsUnknown: 2 };

describe("a history's rows", () => {
  it("keep unknown values unknown", () => {
    const rows = historyRows(history([4, null, 0]), [], [], start + 60_000);
    expect(rows.map(({ lag }) => lag)).toEqual([4, null, 0]);
    expect(rows.map(isKnown)).toEqual([true, false, true]);
    expect(chartRows(rows, values, true).map((row) => row.values[0])).toEqual([4, null, 0]);
  });

  it("carry their step's owner changes, each once", () => {
    const rows = historyRows(
      history([1, 2, 3]),
      [change(10), change(19.9), change(20, "7")],
      [],
      start + 60_000,
    );
    expect(rows.map((row) => row.changes)).toEqual([
      [],
      ["partition 3 stolen by b from a"],
      ["partition 7 stolen by b from a"],
    ]);
    expect(chartRows(rows, values, false).every((row) => row.marks.length === 0)).toBe(true);
  });

  it("draw the running step by itself, joined to the one before", () => {
    const rows = chartRows(historyRows(history([1, 2, 3]), [], [], start + 25_000), values, true);
    expect(rows.map((row) => row.values[0])).toEqual([1, 2, undefined]);
    expect(rows.map((row) => row.open[0])).toEqual([undefined, 2, 3]);
  });

  it("are drawn at the end of their steps, the running one at now, so that a reset precedes its effect", () => {
    const mark = { id: "r1", at: start + 12_000, label: "latest by anna", actor: "anna", path: "/resets/r1" };
    const rows = historyRows(history([900, 0, 0]), [], [mark], start + 25_000);
    const drawn = chartRows(rows, values, true);
    expect(drawn.map(({ from, at }) => [from - start, at - start])).toEqual([
      [0, 10_000],
      [10_000, 20_000],
      [20_000, 25_000],
    ]);
    const dropped = drawn.findIndex((row) => row.values[0] === 0);
    expect(drawn[dropped - 1]?.at).toBeLessThanOrEqual(mark.at);
    expect(drawn[dropped]?.at).toBeGreaterThan(mark.at);
    expect(drawn[dropped]?.notes).toHaveLength(1);
  });

  it("count gaps between known steps, not before the first", () => {
    const gaps = (lags: (number | null)[]) => countGaps(historyRows(history(lags), [], [], start + 1e6));
    expect(gaps([null, null, 1, 2])).toBe(0);
    expect(gaps([1, null, null, 2, null, 3, null])).toBe(2);
    expect(gaps([null, null])).toBe(0);
  });

  it("draw measured values, and tell bounds and missing partitions besides", () => {
    const given = history([10, 10]);
    const points = given.points.map((point, i) => (i === 1 ? { ...point, ...bound } : point));
    const rows = historyRows({ ...given, points }, [], [], start + 60_000);
    expect(rows.map(({ lag, atMost, notCounted }) => [lag, atMost, notCounted])).toEqual([
      [10, null, 0],
      [10, 900, 2],
    ]);
    expect(leftOutWords(rows[0]?.withoutCheckpoint)).toBeNull();
    expect(leftOutWords(524)).toBe("524 partitions without a checkpoint not counted");
    const nothing = historyRows(
      { ...given, points: points.map((point) => ({ ...point, measuredLag: null, measuredLagMax: null })) },
      [],
      [],
      start + 60_000,
    );
    expect(nothing[1]).toMatchObject({ lag: null, atMost: 900 });
    expect(nothing.every(isKnown)).toBe(true);
  });

  it("carry single partitions' lags besides the sum, but no bounds", () => {
    const line = (partitionId: string, lags: (number | null)[], bounds: boolean[] = []) => ({
      partitionId,
      points: lags.map((lag, i) => ({
        at: iso(i * 10),
        lag,
        lagMax: lag,
        lagIsUpperBound: bounds[i] ?? false,
      })),
    });
    const partitions = [line("0", [1, null]), line("7", [900, 3], [true])];
    const rows = historyRows(history([5, 6], { partitions, partitionsAsked: 2 }), [], [], start + 60_000);
    expect(rows.map(({ lines }) => lines)).toEqual([
      [1, null],
      [null, 3],
    ]);
  });

  it("carry the resets that began in their step", () => {
    const mark = {
      id: "r1",
      at: start + 12_000,
      label: "earliest by anna",
      actor: "anna",
      path: "/resets/r1",
    };
    const rows = historyRows(history([1, 2, 3]), [], [mark], start + 60_000);
    expect(rows.map(({ resets }) => resets)).toEqual([[], ["reset to earliest by anna"], []]);
    expect(chartRows(rows, values, true)[1]?.notes).toEqual(["reset to earliest by anna"]);
  });
});

describe("a history's table", () => {
  const rowsOf = (given: History) => historyRows(given, [], [], start + 60_000);
  const heads = (given: History) =>
    csvOf(
      historyColumns(
        rowsOf(given),
        given.partitions.map(({ partitionId }) => partitionId),
        utcTimes,
      ),
      rowsOf(given),
      utcTimes,
    )
      .split("\r\n")[0]
      ?.split(",");

  it("has the single partitions besides the sum, also in its export", () => {
    const points = history([1]).points;
    const partitions = ["0", "7"].map((partitionId) => ({ partitionId, points }));
    expect(heads(history([1], { partitions }))).toEqual([
      "From (UTC)",
      "Lag",
      "Lag is an upper bound",
      "Partitions with unknown lag",
      "Highest lag",
      "Lag of partition 0",
      "Lag of partition 7",
      "Time lag (seconds)",
      "Time lag is a lower bound",
      "In (per second)",
      "Out (per second)",
      "Owners",
    ]);
  });

  it("tells bounds and missing partitions if there are any", () => {
    const given = history([1, 2]);
    const points = given.points.map((point) => ({
      ...point,
      lag: 9,
      lagIsUpperBound: true,
      partitionsUnknown: 1,
    }));
    expect(heads({ ...given, points })).toEqual(
      expect.arrayContaining(["Lag at most", "Partitions not counted"]),
    );
    expect(heads(given)).not.toEqual(expect.arrayContaining(["Lag at most"]));
  });

  it("distinguishes a lower bound of the time lag from a measured one", () => {
    const given = history([60, 90]);
    const [measured, bound] = given.points;
    if (measured === undefined || bound === undefined) throw new Error("no points");
    const points = [measured, { ...bound, lagSecondsIsLowerBound: true }];
    const rows = rowsOf({ ...given, points });
    expect(behindWords(rows)).toBe("At last ≥ 1 m 30 s, longest ≥ 1 m 30 s.");
    expect(behindWords(rowsOf(given))).toBe("At last 1 m 30 s, longest 1 m 30 s.");
    const column = historyColumns(rows, [], utcTimes).find(({ id }) => id === "lagSeconds");
    expect(rows.map((row) => column?.csvAlso?.[0]?.csv?.(row))).toEqual([false, true]);
  });
});
