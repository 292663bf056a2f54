import { expect, it } from "vitest";
import { type CommitRing, noCommits } from "#lib/lag/commits.ts";
import { withLagAtCommits } from "#lib/lag/pace/lag-at-commit.ts";
import { PositionRing } from "#lib/lag/positions.ts";

function looks(...lasts: number[]): PositionRing {
  const ring = new PositionRing(undefined, 60_000);
  for (const [index, last] of lasts.entries()) ring.add(last, index * 10_000);
  return ring;
}

function lagOf(
  positions: PositionRing,
  seconds: number,
  sequenceNumber: number,
  lag: number | null,
  clock = 0,
) {
  const commit = { sequenceNumber, at: seconds * 1_000 - clock, lag, blindMs: 0 };
  const ring: CommitRing = { ...noCommits, commits: [commit], lastModified: commit.at };
  return withLagAtCommits(ring, { positions, hubNow: 50_000, storeNow: 50_000 - clock }).commits[0]?.lag;
}

it.each<[string, PositionRing, [seconds: number, sequenceNumber: number, lag: number | null], number | null]>(
  [
    ["a commit of all there was, seen eight seconds later", looks(0, 100, 200, 300), [22, 220, 80], 0],
    ["a commit that left ten events of its own second", looks(0, 100, 200, 300), [22, 210, 90], 0],
    ["a commit that left three seconds of events", looks(0, 100, 200, 300), [28, 250, 50], 20],
    ["a commit behind what the observation before had seen", looks(0, 100, 200, 300), [22, 199, 101], 101],
    [
      "a commit of all there was, at an observation that saw more after it",
      looks(0, 100, 200, 300),
      [20, 200, 100],
      0,
    ],
    ["a commit around a burst", looks(0, 0, 1_000, 1_000), [12, 50, 950], 950],
    ["a commit in traffic that doubled", looks(0, 100, 300, 500), [12, 140, 160], 0],
    ["a commit in traffic that more than doubled", looks(0, 100, 301, 301), [12, 140, 161], 161],
    ["a commit between the first two observations", looks(0, 100), [2, 20, 80], null],
    ["a commit between the first two observations, behind the first", looks(50, 150), [2, 20, 130], 130],
    ["a commit before the first look", looks(0, 100, 200), [-5, 0, 100], 100],
    ["a commit after the last look", looks(0, 100, 200), [21, 150, 50], 50],
    ["a level commit", looks(0, 100, 200), [12, 100, 0], 0],
    ["a commit of unknown lag", looks(0, 100, 200), [12, 120, null], null],
  ],
)("%s", (_, positions, [seconds, sequenceNumber, lag], expected) => {
  expect(lagOf(positions, seconds, sequenceNumber, lag)).toBe(expected);
  // The store's clock may differ from the hub's.
  expect(lagOf(positions, seconds, sequenceNumber, lag, 5_000)).toBe(expected);
});

it("leaves a commit of a time without observations as it was", () => {
  const ring = looks(0, 100, 200);
  ring.add(1_000, 100_000);
  expect(lagOf(ring, 30, 300, 700)).toBe(700);
});
