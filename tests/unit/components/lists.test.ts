import { describe, expect, it } from "vitest";
import { sparkPath } from "#components/charts/sparkline.tsx";
import { keptEvents } from "#components/lag/hub-figures.tsx";
import { filterGroups, groupRowId, groupRows } from "#components/lag/overview/group-row.ts";
import { filterPartitions } from "#components/lag/partitions/partition-filter.ts";
import { logShare } from "#components/ui/meter.tsx";
import { nextSort, type PlainColumn, shownColumns, sortRows } from "#components/ui/table/table-model.ts";
import type { Status } from "#lib/api/status.ts";
import { partitionChip, partitionUrgency } from "#lib/client/lag/partition-words.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";
import { fixtureGroupPartition, fixturePartition } from "#tests/support/worlds/fixture-world.ts";
import { fixtureWorld } from "#tests/support/worlds/fixture-worlds.ts";

const none = { q: "", status: [], hub: [] };

describe("the list of groups", () => {
  const rows = groupRows(fixtureWorld());

  it("has every group of every hub with its trend", () => {
    expect(rows).toHaveLength(9);
    expect(rows.every((row) => row.trend.length === 61)).toBe(true);
    expect(new Set(rows.map(groupRowId)).size).toBe(9);
  });

  it("is filtered by words in group, hub and owner, by status and by hub", () => {
    const names = (filter: Partial<Parameters<typeof filterGroups>[1]>) =>
      filterGroups(rows, { ...none, ...filter }).map((row) => row.group.name);
    expect(names({ q: "FRAUD tele" })).toEqual(["fraud-check"]);
    expect(names({ q: "b1e9f2aa", hub: ["telemetry"] })).toEqual(["fraud-check", "enrich"]);
    expect(names({ status: ["stop", "rewind"] })).toEqual(["audit-export", "archive"]);
    expect(names({ q: "nothing" })).toEqual([]);
    expect(names({})).toHaveLength(9);
  });
});

describe("the list of partitions", () => {
  const partitions = [
    fixtureGroupPartition({ partitionId: "1", lag: 0 }),
    fixtureGroupPartition({ partitionId: "11", lag: 5 }),
    fixtureGroupPartition({
      partitionId: "2",
      lag: null,
      lagState: "unknown",
      status: "unknown",
      owner: null,
      reason: wireText("Timed out."),
    }),
  ];
  const ids = (filter: Partial<Parameters<typeof filterPartitions>[1]>) =>
    filterPartitions(partitions, { q: "", behind: false, status: [], ...filter }).map((p) => p.partitionId);

  it("takes a number for an id, and words for owners and reasons", () => {
    expect(ids({ q: "1" })).toEqual(["1"]);
    expect(ids({ q: "1, 2" })).toEqual(["1", "2"]);
    expect(ids({ q: "6a74d7bd" })).toEqual(["1", "11"]);
    expect(ids({ q: "timed" })).toEqual(["2"]);
  });

  it("keeps unknown partitions among those that are behind", () =>
    expect(ids({ behind: true })).toEqual(["11", "2"]));

  it("is filtered and sorted by the status that the chip shows", () => {
    const rates = { eventsInPerSecond: 25, eventsOutPerSecond: 5 };
    const behind = { lag: 900, lagSecondsAtCheckpoint: 600, ...rates };
    const shown = [
      fixtureGroupPartition({ partitionId: "well", lag: 0 }),
      fixtureGroupPartition({ partitionId: "growing", status: "ok", ...behind }),
      fixtureGroupPartition({ partitionId: "behind", status: "warn", ...behind }),
      fixtureGroupPartition({ partitionId: "stopped", status: "stop", ...behind }),
    ];
    const of = (status: Status) =>
      filterPartitions(shown, { q: "", behind: false, status: [status] }).map((p) => p.partitionId);
    expect(shown.map((p) => partitionChip(p).word).slice(1, 3)).toEqual(["Falling behind", "Falling behind"]);
    expect([of("warn"), of("ok"), of("stop")]).toEqual([["growing", "behind"], ["well"], ["stopped"]]);
    const urgencies = shown.map(partitionUrgency);
    expect(urgencies[1]).toBe(urgencies[2]);
    expect(urgencies).toEqual(urgencies.toSorted((a, b) => a - b));
  });

  it("counts what a partition keeps, and nothing when it was not read", () => {
    expect(
      keptEvents(fixturePartition({ beginningSequenceNumber: 10, lastEnqueuedSequenceNumber: 12 })),
    ).toBe(3);
    expect(
      keptEvents(fixturePartition({ beginningSequenceNumber: -1, lastEnqueuedSequenceNumber: -1 })),
    ).toBe(0);
    expect(keptEvents(fixturePartition({ lastEnqueuedSequenceNumber: null, isEmpty: null }))).toBeNull();
  });
});

describe("columns", () => {
  const columns: PlainColumn<object>[] = [
    { id: "name", label: "Name", width: 1, cell: () => null, fixed: true },
    { id: "lag", label: "Lag", width: 1, cell: () => null, figure: true },
    { id: "extra", label: "Extra", width: 1, cell: () => null, startsHidden: true },
  ];
  const ids = (chosen: string[] | null) => shownColumns(columns, chosen).map((column) => column.id);

  it("are those not hidden at first, or the chosen ones; fixed ones always", () => {
    expect(ids(null)).toEqual(["name", "lag"]);
    expect(ids(["extra"])).toEqual(["name", "extra"]);
    expect(ids([])).toEqual(["name"]);
  });

  it("sort figures from the top first, then the other way, then not", () => {
    const lag = columns[1] as PlainColumn<object>;
    const first = nextSort(lag, null);
    const second = nextSort(lag, first);
    expect([first?.descending, second?.descending, nextSort(lag, second)]).toEqual([true, false, null]);
  });
});

describe("sorting", () => {
  interface Line {
    name: string;
    lag: number | null;
  }
  const columns: PlainColumn<Line>[] = [
    { id: "name", label: "Name", width: 1, cell: () => null, sortBy: ({ name }) => name },
    { id: "lag", label: "Lag", width: 1, cell: () => null, sortBy: ({ lag }) => lag },
    { id: "about", label: "About", width: 1, cell: () => null },
  ];
  const lines: Line[] = [
    { name: "p10", lag: null },
    { name: "p9", lag: 3 },
    { name: "P1", lag: 20 },
    { name: "p2", lag: 3 },
    { name: "p3", lag: null },
  ];
  const names = (...keys: Parameters<typeof sortRows>[2]) =>
    sortRows(lines, columns, keys).map(({ name }) => name);

  it("puts the unknown last in both directions, in the order it was in", () => {
    expect(names({ column: "lag", descending: true })).toEqual(["P1", "p9", "p2", "p10", "p3"]);
    expect(names({ column: "lag", descending: false })).toEqual(["p9", "p2", "P1", "p10", "p3"]);
  });

  it("reads numbers within names, and takes the next key among equals", () => {
    expect(names({ column: "name", descending: true })).toEqual(["p10", "p9", "p3", "p2", "P1"]);
    expect(names({ column: "lag", descending: true }, { column: "name", descending: false })).toEqual([
      "P1",
      "p2",
      "p9",
      "p3",
      "p10",
    ]);
  });

  it("leaves rows as they are by a column that is unknown or sorts by nothing", () => {
    const asTheyAre = lines.map(({ name }) => name);
    expect(names({ column: "about", descending: true })).toEqual(asTheyAre);
    expect(names({ column: "gone", descending: true })).toEqual(asTheyAre);
  });
});

describe("marks", () => {
  it("draw a gap for unknown values, and a dot for a lone one", () => {
    const at = (value: number | null, i: number) => ({ at: i, value });
    expect(sparkPath([1, 2, null, 3].map(at)).match(/M/g)).toHaveLength(2);
    expect(sparkPath([null, 5, null].map(at))).toMatch(/^M[\d. ]+h0$/);
    expect(sparkPath([null, null].map(at))).toBe("");
  });

  it("scale a bar logarithmically, and draw none for unknown", () => {
    expect(logShare(1_000_000, 1_000_000)).toBe(1);
    expect(logShare(0, 10)).toBe(0);
    expect(logShare(112, 1_204_311)).toBeGreaterThan(0.3);
    expect(logShare(null, 10)).toBeNull();
  });
});
