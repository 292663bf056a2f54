import { expect, it } from "vitest";
import type { ResetResult } from "#lib/api/resets.ts";
import { restLines } from "#lib/cli/resets/plan-text.ts";
import { fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";

const of = (...entries: [partitionId: string, result: ResetResult][]) =>
  entries.map(([partitionId, result]) => fixtureResetEntry({ partitionId, result }));

it("names the partitions that a reset has left, as the option that plans them takes them", () => {
  const half = of(["0", "written"], ["1", "failed"], ["2", "skipped"], ["3", "skipped"], ["7", "conflict"]);
  expect(restLines(fixtureReset(half))).toEqual([
    "Not at the target: partitions 1-3, 7. To plan them: --partitions 1-3,7",
  ]);
});

it("offers no option that the command lacks, and none where it can be given as it was", () => {
  const blobs = of(["ns/hub/g/0", "written"], ["ns/hub/g/1", "failed"]);
  expect(restLines(fixtureReset(blobs, { target: { kind: "cleanup" } }))).toEqual([
    "Not cleaned up: blob ns/hub/g/1.",
  ]);
  expect(restLines(fixtureReset(of(["0", "failed"], ["1", "failed"])))).toEqual([]);
  expect(restLines(fixtureReset(of(["0", "written"])))).toEqual([]);
});
