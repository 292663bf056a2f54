import { expect, it } from "vitest";
import type { ResetResult } from "#lib/api/resets.ts";
import { readCounts } from "#lib/server/resets/read-counts.ts";

const standing = (sequenceNumber: number) => ({
  sequenceNumber,
  offset: "1",
  updatedAt: "2026-03-02T12:00:00Z",
});
const of = (before: number | null, replays: number, skips: number, result: ResetResult = "written") =>
  readCounts(
    { result, before: before === null ? null : standing(before), after: standing(500 - replays + skips) },
    { current: standing(500), replays, skips },
  );

it("counts as the plan did where the group stood still, and not at all where nothing was written", () => {
  expect(of(500, 0, 13)).toEqual({ replays: 0, skips: 13 });
  expect(of(null, 7, 0, "pending")).toEqual({ replays: 7, skips: 0 });
  for (const result of ["conflict", "failed", "skipped", "overwritten", "unknown"] as const)
    expect(of(500, 0, 13, result), result).toEqual({ replays: null, skips: null });
  expect(readCounts({ result: "written", before: null, after: null }, undefined)).toEqual({
    replays: null,
    skips: null,
  });
});

it("takes in what the group of a live reset read since the review", () => {
  expect(of(503, 0, 13)).toEqual({ replays: 0, skips: 10 });
  expect(of(503, 100, 0)).toEqual({ replays: 103, skips: 0 });
  expect(of(520, 0, 13)).toEqual({ replays: null, skips: null });
  const undone = { current: standing(500), replays: 100, skips: 0, processedSince: 120 };
  const at = (before: number) =>
    readCounts({ result: "written", before: standing(before), after: standing(400) }, undone);
  expect(at(500)).toEqual({ replays: 100, skips: 0, processedSince: 120 });
  expect(at(503)).toEqual({ replays: 103, skips: 0, processedSince: 123 });
});

it("skips what is left before the target where the group's checkpoint was behind the first available event", () => {
  const fromBehind = (before: number) =>
    readCounts(
      { result: "written", before: standing(before), after: standing(700) },
      { current: standing(100), replays: 0, skips: 201 },
    );
  expect(fromBehind(100)).toEqual({ replays: 0, skips: 201 });
  expect(fromBehind(600)).toEqual({ replays: 0, skips: 100 });
  expect(fromBehind(300)).toEqual({ replays: 0, skips: 201 });
  expect(fromBehind(701)).toEqual({ replays: null, skips: null });
});
