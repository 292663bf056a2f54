import { expect, it } from "vitest";
import { largestBusySeconds, noCommits } from "#lib/lag/commits.ts";
import { defaultLiveSettings, limitsOf, quietSecondsOf } from "#lib/reset/live/limits.ts";
import { initialState } from "#lib/reset/live/state.ts";
import { troubleIn, waveSize } from "#lib/reset/live/waves.ts";

it.each([
  [1, null, 15],
  [30, null, 60],
  [1, 25, 75],
  [60, 25, 120],
])(
  "is quiet for long enough: a handler of %i s, checkpoints %s s apart, %i s",
  (handlerSeconds, seen, quiet) => {
    expect(quietSecondsOf(15, { handlerSeconds, checkpointSeconds: seen })).toBe(quiet);
  },
);

it("lets a hold of any length be renewed in time, and a queue of several batches be drained", () => {
  const pace = { handlerSeconds: 600, checkpointSeconds: null, expirationSeconds: 60 };
  const { renewMs, overallMs, quietMs } = limitsOf(defaultLiveSettings, pace);
  expect(renewMs).toBeLessThanOrEqual(5_000);
  expect(overallMs).toBeGreaterThanOrEqual(4 * quietMs);
});

it.each([
  [8, 32, 8],
  [8, 4, 2],
  [8, 3, 1],
  [8, 1, 1],
  [1, 32, 1],
])("never takes more than half of a hub at once: %i of %i are %i", (wanted, partitions, size) => {
  expect(waveSize(wanted, partitions)).toBe(size);
});

it("goes by times between commits that were spent on work", () => {
  const commit = (seconds: number, lag: number | null) => ({ sequenceNumber: 1, at: seconds * 1_000, lag });
  const ring = (commits: ReturnType<typeof commit>[]) => ({ ...noCommits, commits });
  expect(largestBusySeconds(noCommits)).toBeNull();
  // An hour without events is no handler of an hour.
  expect(largestBusySeconds(ring([commit(0, 0), commit(3_600, 5), commit(3_612, null)]))).toBe(12);
  expect(largestBusySeconds(ring([commit(0, 0), commit(10, 0)]))).toBeNull();
  expect(largestBusySeconds(ring([commit(0, 9), commit(4_000, 9)]))).toBe(300);
});

it("begins nothing more after a partition that did not go well, but after one that was left alone", () => {
  const state = initialState({ wave: 1, ownerId: "o", target: 0, hasUnread: true }, 0);
  const ended = (result: "written" | "conflict" | "overwritten", isVerified: boolean) => ({
    partitionId: "7",
    state: { ...state, end: { result, isVerified, message: "It moved." } },
  });
  expect(troubleIn([ended("written", true), ended("conflict", false)], false)).toBeNull();
  expect(troubleIn([ended("written", true), ended("overwritten", false)], false)).toContain("partition 7");
  expect(troubleIn([ended("written", false)], false)).toContain("It moved.");
});
