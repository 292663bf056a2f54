import { expect, it } from "vitest";
import { ownerFigures } from "#lib/monitor/group/owner-figures.ts";
import { ownership } from "#tests/support/fixtures/sources.ts";

const all = Array.from({ length: 12 }, (_, id) => String(id));

it.each([
  ["none where nobody owns any", [], []],
  ["the one that is left over", all.filter((id) => id !== "7"), ["7"]],
  ["the first five of many", ["0", "2"], ["1", "3", "4", "5", "6"]],
  ["none where all are owned", all, []],
])("names %s", (_, owned, free) => {
  const blobs = owned.map((id) => ownership(id, "billing-1"));
  const now = blobs[0]?.lastRenewedAt ?? 0;
  expect(ownerFigures(blobs, all, now, 60).unownedPartitionIds).toEqual(free);
});
