import { expect, it } from "vitest";
import { groupText } from "#lib/cli/commands/group.ts";
import { groupColumns, partitionColumns } from "#lib/cli/output/group-columns.ts";
import { csvOf } from "#lib/cli/output/output.ts";
import { renderTable } from "#lib/cli/output/table.ts";
import {
  fixtureGroup,
  fixtureGroupDetail,
  fixtureGroupPartition,
  fixtureNow,
} from "#tests/support/worlds/fixture-world.ts";

const wide = { columns: null, isWide: true, paint: (text: string) => text };

it("tells in CSV which figures of a group are bounds, last and by the API's names; a table has them as signs", () => {
  const group = fixtureGroup({ totalLagIsUpperBound: true, lagSecondsIsLowerBound: false });
  const rows = [{ hub: "orders", group }];
  const [head, line] = csvOf(groupColumns(fixtureNow), rows).split("\r\n");
  expect(head).toMatch(/,lastCheckpointAt,totalLagIsUpperBound,lagSecondsIsLowerBound$/);
  expect(line).toMatch(/,true,false$/);
  const table = renderTable(groupColumns(fixtureNow), rows, wide);
  expect(table).not.toMatch(/Bound|true/);
  expect(table).toContain("≤");
});

it("tells the same of a partition", () => {
  const partition = fixtureGroupPartition({ lagIsUpperBound: false, lagSecondsIsLowerBound: true });
  const [head, line] = csvOf(partitionColumns(fixtureNow), [partition]).split("\r\n");
  expect(head).toMatch(/,reason,lagIsUpperBound,lagSecondsIsLowerBound$/);
  expect(line).toMatch(/,false,true$/);
});

it("keeps a gap between every name and its value, and counts one as one", () => {
  const [owner] = fixtureGroup().owners;
  const one = { totalLag: 1, owners: owner === undefined ? [] : [owner] };
  const text = groupText("orders", fixtureGroupDetail(one), fixtureNow);
  for (const line of text.trimEnd().split("\n")) expect(line).toMatch(/^\S+( \S+)* {2,}\S/);
  expect(text).toContain("Catch-up time  ");
  expect(text).toMatch(/4 of 4 partitions, 1 owner\n/);
  expect(text).toMatch(/^Lag +1 event\n/m);
});
