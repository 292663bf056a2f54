import { expect, it } from "vitest";
import { changeColumns, handoverColumns } from "#components/owners/change-table.tsx";
import { ownIds } from "#components/owners/columns.tsx";
import { spanColumns } from "#components/owners/span-table.tsx";
import { type Column, sortRows } from "#components/ui/table/table-model.ts";
import { utcTimes } from "#lib/client/history/time-axis.ts";
import { handovers } from "#lib/client/owners/handovers.ts";
import type { OwnerChange, OwnerSpan } from "#lib/client/owners/owner-words.ts";

function stolen(partitionId: string, ownerId: string, at = "2026-05-01T08:00:01Z"): OwnerChange {
  return {
    ...{ at, partitionId, ownerId, previousOwnerId: "somebody", kind: "stolen" },
    ...{ uncertaintySeconds: 0, unobserved: false },
  };
}

const changes = [stolen("7", "first", "2026-05-01T08:00:00Z"), stolen("7", "second"), stolen("3", "second")];
const twice = [...changes, stolen("7", "third")];

/** As the table sorts: by the column that was clicked, then by its own order. */
function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  descending: boolean,
  column = "at",
): Row[] {
  return sortRows(rows, columns, [
    { column, descending },
    { column: "partition", descending: false },
  ]);
}

it("keeps two changes of a partition within one second in their order, in both directions", () => {
  const columns = changeColumns(twice, new Map(), utcTimes);
  const told = (descending: boolean) =>
    sorted(twice, columns, descending).map(({ partitionId, ownerId }) => `${partitionId} ${ownerId}`);
  expect(told(true)).toEqual(["7 third", "3 second", "7 second", "7 first"]);
  expect(told(false)).toEqual(["7 first", "3 second", "7 second", "7 third"]);
});

it("keeps two handovers within one second in their order, in both directions", () => {
  const joined = handovers(twice);
  const columns = handoverColumns(joined, new Map(), utcTimes);
  const told = (descending: boolean) => sorted(joined, columns, descending).map(({ to }) => to[0]);
  expect(told(false)).toEqual(["first", "second", "third"]);
  expect(told(true)).toEqual(["third", "second", "first"]);
});

it("keeps two owners of a partition within one second in their order, by either end and in both directions", () => {
  const [start, next] = ["2026-05-01T08:00:00Z", "2026-05-01T08:00:01Z"];
  const span = (ownerId: string, from: string, to: string | null): OwnerSpan => ({
    ...{ partitionId: "7", ownerId, from, to, endedBy: to === null ? null : "stolen" },
  });
  const spans = [span("first", start, next), span("second", next, next), span("third", next, null)];
  const columns = spanColumns(new Map(), spans, Date.parse(next), utcTimes);
  const told = (column: string, descending: boolean) =>
    sorted(spans, columns, descending, column).map(({ ownerId }) => ownerId);
  expect(told("from", true)).toEqual(["third", "second", "first"]);
  expect(told("from", false)).toEqual(["first", "second", "third"]);
  // Who still owns has no end, and comes last.
  expect(told("to", true)).toEqual(["second", "first", "third"]);
  expect(told("to", false)).toEqual(["first", "second", "third"]);
});

it("gives each row an id of its own, which stays when later rows come", () => {
  const name = ({ at, partitionId }: OwnerChange) => `${at} ${partitionId}`;
  const ids = (rows: readonly OwnerChange[]) => rows.map(ownIds(rows, name));
  expect(new Set(ids(twice)).size).toBe(twice.length);
  expect(ids(twice).slice(0, changes.length)).toEqual(ids(changes));
});
